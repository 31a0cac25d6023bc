import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The sign and the name of parc. */
export function Logo({ size = 28 }: { size?: number }) {
  const { t } = useTranslation();
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
        <g fill="#fff">
          <rect x="7" y="7" width="8" height="8" rx="2" />
          <rect x="17" y="7" width="8" height="8" rx="2" opacity=".55" />
          <rect x="7" y="17" width="8" height="8" rx="2" opacity=".55" />
          <path d="M19 17h6v2a6 6 0 0 1-6 6h-2v-6a2 2 0 0 1 2-2z" />
        </g>
      </svg>
      <Text component="span" fw={680} fz={size * 0.75} lh={1} style={{ letterSpacing: '-0.03em' }}>
        {t('app.name')}
      </Text>
    </Group>
  );
}
