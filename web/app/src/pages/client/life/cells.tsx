import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quiet } from '@/components/badges';
import { urgency } from '@/components/EndsList';
import { useFormats, useToday } from '@/components/formats';
import type { Money } from '@/format/money';

/** The day something ends, coloured by how near it is. */
export function EndCell({ day, note }: { day: string; note?: string }) {
  const format = useFormats();
  const today = useToday();
  if (!day) return <Quiet />;
  return (
    <Stack gap={1}>
      <Text component="div" size="sm" className="numeric nowrap">
        {format.day(day)}{' '}
        <Badge size="sm" color={urgency(day, today)}>
          {format.distance(day, today)}
        </Badge>
      </Text>
      {note && (
        <Text size="xs" c="var(--parc-quiet)">
          {note}
        </Text>
      )}
    </Stack>
  );
}

/** Two lines: what it is, and what says more. */
export function TitleCell({ main, more }: { main: string; more: (string | undefined)[] }) {
  const rest = more.filter(Boolean).join(' · ');
  return (
    <Stack gap={1}>
      <Text size="sm" fw={560}>
        {main}
      </Text>
      {rest && (
        <Text size="xs" c="var(--parc-quiet)">
          {rest}
        </Text>
      )}
    </Stack>
  );
}

/** What is paid, and how often. */
export function useAmount(): (amount: Money | undefined, everyMonths: number | undefined) => string {
  const { t } = useTranslation();
  const format = useFormats();
  return (amount, everyMonths) => {
    const text = amount?.minor ? format.money(amount) : '';
    if (!text || !everyMonths) return text;
    return `${text} ${everyMonths === 12 ? t('life.yearly') : t('life.each', { count: everyMonths })}`;
  };
}

/** An amount on the right of its column, never broken. */
export function AmountCell({ text }: { text: string }) {
  return (
    <span className="numeric" style={{ whiteSpace: 'nowrap' }}>
      <Quiet>{text}</Quiet>
    </span>
  );
}
