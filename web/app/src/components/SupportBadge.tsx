import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SystemSupport } from '@/api/types';
import { useFormats } from './formats';

const colors: Record<SystemSupport['state'], string> = {
  supported: 'teal',
  ending: 'yellow',
  ended: 'red',
  extended: 'orange',
  unknown: 'gray',
};

/** How long the maker looks after a system. */
export function SupportBadge({ support }: { support: SystemSupport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const end = format.day(support.end);
  const when = end && t(support.state === 'ended' ? 'support.since' : 'support.until', { day: end });
  const more = [support.product, when, support.reason].filter(Boolean).join(' · ');
  return (
    <Tooltip label={more} disabled={!more}>
      <Badge color={colors[support.state]}>{t(`support.state.${support.state}`)}</Badge>
    </Tooltip>
  );
}
