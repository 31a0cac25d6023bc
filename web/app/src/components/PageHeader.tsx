import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface Crumb {
  label: string;
  to: LinkProps['to'];
  params?: LinkProps['params'];
}

interface Props {
  title: string;
  crumbs?: Crumb[];
  icon?: ReactNode;
  /** What stands under the title. */
  subtitle?: ReactNode;
  actions?: ReactNode;
}

/** The head of a page: where one is, its title, what can be done. */
export function PageHeader({ title, crumbs, icon, subtitle, actions }: Props) {
  useDocumentTitle(`${title} · parc`);
  return (
    <Stack gap={6}>
      {crumbs && (
        <Breadcrumbs component="nav" fz="sm">
          {crumbs.map((c) => (
            <Anchor key={c.label} size="sm" c="var(--parc-quiet)" renderRoot={(props) => <Link to={c.to} params={c.params} {...props} />}>
              {c.label}
            </Anchor>
          ))}
          <Text size="sm" c="var(--parc-quiet)" aria-hidden>
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="center" gap="md">
        <Group gap="md" wrap="nowrap" miw={0}>
          {icon}
          <Stack gap={2} miw={0}>
            <Title order={1} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {typeof subtitle === 'string' ? <Text c="var(--parc-quiet)">{subtitle}</Text> : subtitle}
          </Stack>
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Stack>
  );
}
