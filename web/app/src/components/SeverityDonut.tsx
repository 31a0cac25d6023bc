import { ColorSwatch, Group, RingProgress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { severities, type Severity } from '@/lifecycle/findings';
import { severityColor } from './badges';
import { useFormats } from './formats';
import { useNames } from './names';

/** The findings by severity, as a ring with its legend. */
export function SeverityDonut({ counts }: { counts: Record<Severity, number> }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const total = severities.reduce((sum, s) => sum + counts[s], 0);
  const sections = severities
    .filter((s) => counts[s] > 0)
    .map((s) => ({ value: (counts[s] / total) * 100, color: color(s), tooltip: `${name('severity', s)}: ${String(counts[s])}` }));
  return (
    <Group gap="lg" wrap="nowrap" justify="center">
      <RingProgress
        size={148}
        thickness={15}
        sections={sections}
        rootColor="var(--parc-line)"
        label={
          <Stack gap={0} align="center">
            <Text fz={26} fw={640} lh={1.1} className="numeric">
              {format.number(total)}
            </Text>
            <Text size="xs" c="var(--parc-quiet)">
              {t('overview.total')}
            </Text>
          </Stack>
        }
      />
      <Stack gap={7} miw={110}>
        {severities.map((s) => (
          <Group key={s} gap={8} wrap="nowrap">
            <ColorSwatch size={10} color={color(s)} withShadow={false} />
            <Text size="sm" style={{ flex: 1 }}>
              {name('severity', s)}
            </Text>
            <Text size="sm" fw={600} className="numeric">
              {format.number(counts[s])}
            </Text>
          </Group>
        ))}
      </Stack>
    </Group>
  );
}

const color = (severity: Severity) => `var(--mantine-color-${severityColor[severity] ?? 'gray'}-6)`;
