import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from './formats';
import { useNames } from './names';
import { Section } from './Section';

/** As of which day figures are made, and how they are counted. */
export function Conventions({ day, conventions }: { day: string; conventions: readonly string[] }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  return (
    <Section title={t('convention.title')}>
      <Text size="sm" mb="xs">
        {t('convention.asOf', { day: format.day(day) })}
      </Text>
      <List size="sm" spacing={4} c="var(--parc-quiet)">
        {conventions.map((text) => (
          <List.Item key={text}>{name('conventionText', text)}</List.Item>
        ))}
      </List>
    </Section>
  );
}
