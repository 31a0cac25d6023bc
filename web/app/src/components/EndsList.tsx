import { Badge, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import {
  IconBellRinging,
  IconCalendarCheck,
  IconCoin,
  IconFileText,
  IconLicense,
  IconShieldCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { assetName } from '@/format/asset';
import { daysUntil } from '@/format/date';
import type { End } from '@/lifecycle/ends';
import { Empty } from './Empty';
import { useFormats, useToday } from './formats';

const icons: Record<End['kind'], TablerIcon> = {
  coverage: IconShieldCheck,
  financing: IconCoin,
  licence: IconLicense,
  contract: IconFileText,
  notice: IconBellRinging,
};

interface Props {
  ends: readonly End[];
  /** The assets that warranties are called after, as far as they are known. */
  assets?: ReadonlyMap<string, Parameters<typeof assetName>[0]>;
  /** What else to say under the title of one: its client, for example. */
  note?: (end: End) => ReactNode;
}

/** What comes to its end, the nearest first. */
export function EndsList({ ends, assets, note }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const today = useToday();
  const title = (end: End) => {
    if (end.title) return end.title;
    const names = end.assetIds.map((id) => assetName(assets?.get(id) ?? {})).filter(Boolean);
    if (names.length > 0 && names.length <= 3) return names.join(', ');
    return end.kind === 'coverage' ? t('ends.coverages', { count: end.assetIds.length }) : t(`ends.${end.kind}`);
  };
  if (ends.length === 0) {
    return <Empty compact icon={IconCalendarCheck} title={t('client.noEnds')} hint={t('client.noEndsHint')} />;
  }
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {ends.map((end) => {
        const Icon = icons[end.kind];
        return (
          <Group component="li" key={`${end.kind} ${end.id}`} gap="sm" wrap="nowrap" align="flex-start">
            <ThemeIcon variant="light" color={urgency(end.day, today)} size={30} mt={3} aria-hidden>
              <Icon size={17} stroke={1.7} />
            </ThemeIcon>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" fw={540} truncate title={title(end)}>
                {title(end)}
              </Text>
              <Text size="xs" c="var(--parc-quiet)" truncate>
                {t(`ends.${end.kind}`)}
                {end.amount?.minor ? ` · ${format.money(end.amount)}` : ''}
                {note && <> · {note(end)}</>}
              </Text>
            </div>
            <Stack gap={1} align="flex-end" style={{ flexShrink: 0 }}>
              <Text size="sm" className="numeric">
                {format.day(end.day)}
              </Text>
              <Badge size="sm" color={urgency(end.day, today)}>
                {format.distance(end.day, today)}
              </Badge>
            </Stack>
          </Group>
        );
      })}
    </Stack>
  );
}

/** The colour of an end by how near it is. */
export function urgency(day: string, today: string): string {
  const left = daysUntil(day, today);
  if (left === undefined) return 'gray';
  if (left < 0) return 'red';
  if (left <= 30) return 'orange';
  return left <= 90 ? 'yellow' : 'gray';
}
