import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AssetLifecycle, LifeEnd } from '@/api/types';
import { useFormats } from '@/components/formats';
import { Section } from '@/components/Section';

/** The course of an asset's life: when it began, when it ends and who says so, how up to date it is. */
export function Course({ life }: { life: AssetLifecycle }) {
  const { t } = useTranslation();
  const { vendor, policy, override, effective } = life.end_of_life;
  const ends = [...vendor, policy, override].filter((end) => end !== undefined);
  const facts = useFacts(life);
  return (
    <Section title={t('course.title')}>
      <Stack gap="sm">
        <Table aria-label={t('course.title')} withRowBorders={false} verticalSpacing={4}>
          <Table.Tbody>
            {facts.map(([label, text, more]) => (
              <Table.Tr key={label}>
                <Table.Th scope="row" fw={400} c="var(--parc-quiet)">
                  {label}
                </Table.Th>
                <Table.Td>
                  {text}
                  {more && (
                    <Text size="xs" c="var(--parc-quiet)">
                      {more}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
            {ends.map((end) => (
              <EndRow key={end.kind} end={end} counts={end.kind === effective?.kind && end.day === effective.day} />
            ))}
          </Table.Tbody>
        </Table>
        {ends.length === 0 && <Text size="sm">{t('course.none')}</Text>}
      </Stack>
    </Section>
  );
}

function EndRow({ end, counts }: { end: LifeEnd; counts: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const source = end.source && end.seen_on ? t('course.seen', { source: end.source, day: format.day(end.seen_on) }) : undefined;
  const more = [end.kind === 'policy' ? undefined : end.what, source, end.stale && t('course.stale')].filter(Boolean).join(' · ');
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="var(--parc-quiet)">
        {t(`course.end.${end.kind}`)}
      </Table.Th>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm" className="numeric">
            {end.day ? format.day(end.day) : t(end.state === 'supported' ? 'course.notAnnounced' : 'word.unknown')}
          </Text>
          {end.estimate && <Badge color="gray">{t('course.estimate')}</Badge>}
          {counts && <Badge color="indigo">{t('course.counts')}</Badge>}
        </Group>
        {more && (
          <Text size="xs" c="var(--parc-quiet)" style={{ overflowWrap: 'anywhere' }}>
            {more}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** Label, text and a smaller text of what is told before the ends. */
function useFacts(life: AssetLifecycle): [string, string, string?][] {
  const { t } = useTranslation();
  const format = useFormats();
  const facts: [string, string, string?][] = [];
  const { purchase, updates, windows_11: windows11 } = life;
  if (purchase) {
    const why = t(`course.reason.${purchase.reason}`);
    const between = t('course.between', { from: format.day(purchase.from), to: format.day(purchase.to), percent: purchase.confidence });
    facts.push([
      t(purchase.estimate ? 'course.bought.estimate' : 'course.bought.fact'),
      format.day(purchase.day),
      purchase.estimate ? `${why} · ${between}` : why,
    ]);
  }
  if (updates?.observed && updates.behind) {
    facts.push([
      t('course.updates'),
      t(`course.behind.${updates.behind}`),
      t('course.versions', { observed: updates.observed, latest: updates.latest ?? '?' }),
    ]);
  }
  if (updates?.patched_on) {
    facts.push([t('course.patched'), format.day(updates.patched_on), t('course.days', { count: updates.patch_age_days ?? 0 })]);
  }
  if (windows11) {
    const missing = windows11.missing?.map((part) => t(`course.part.${part as 'processor' | 'tpm' | 'memory' | 'disk'}`)).join(', ');
    facts.push(['Windows 11', t(`course.windows11.${windows11.verdict}`), missing]);
  }
  return facts;
}
