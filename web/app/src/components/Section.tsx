import { Card, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Section.module.css';

interface Props {
  title: string;
  count?: number;
  /** Buttons on the right of the title. */
  actions?: ReactNode;
  /** Tables go to the edges of the card. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled card: the unit that pages are made of. */
export function Section({ title, count, actions, flush, children }: Props) {
  return (
    <Card component="section" p={0} aria-label={title} className={classes.card}>
      <Group justify="space-between" wrap="nowrap" className={classes.head}>
        <Group gap={8} wrap="nowrap">
          <Title order={2} fz="0.95rem">
            {title}
          </Title>
          {count !== undefined && (
            <Text component="span" size="sm" c="var(--parc-quiet)" className="numeric">
              {count}
            </Text>
          )}
        </Group>
        {actions}
      </Group>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </Card>
  );
}
