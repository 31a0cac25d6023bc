import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Asset } from '@/api/types';
import { useFormats, useNow } from '@/components/formats';
import { useNames } from '@/components/names';
import { Section } from '@/components/Section';

/** Who saw an asset, and by what it is recognised. */
export function Traces({ asset }: { asset: Asset }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const now = useNow();
  const sightings = asset.sightings ?? [];
  const identifiers = asset.identifiers ?? [];
  return (
    <>
      {sightings.length > 0 && (
        <Section title={t('asset.sightings')} count={sightings.length}>
          <Stack gap="xs">
            {sightings.map((s) => (
              <Group key={`${s.source} ${s.ref} ${s.address ?? ''}`} justify="space-between" gap="xs" wrap="nowrap">
                <Group gap="xs" wrap="nowrap" miw={0}>
                  <Badge color="lagoon" style={{ flexShrink: 0 }}>
                    {name('source', s.source)}
                  </Badge>
                  <Text size="sm" className="mono" truncate title={s.ref}>
                    {s.address || s.ref}
                  </Text>
                </Group>
                <Text size="xs" c="var(--parc-quiet)" title={format.instant(s.at)} style={{ whiteSpace: 'nowrap' }}>
                  {format.ago(s.at, now)}
                </Text>
              </Group>
            ))}
          </Stack>
        </Section>
      )}
      {identifiers.length > 0 && (
        <Section title={t('asset.identifiers')} count={identifiers.length}>
          <Stack gap={6}>
            {identifiers.map((i) => (
              <Group key={`${i.kind} ${i.value}`} justify="space-between" gap="sm" wrap="nowrap">
                <Text size="xs" c="var(--parc-quiet)" style={{ flexShrink: 0 }}>
                  {name('identifier', i.kind)}
                </Text>
                <Text size="xs" className="mono" truncate title={`${i.value} · ${t('asset.since', { day: format.instant(i.first_seen) })}`}>
                  {/* Addresses carry the id of their site in front: people read the address. */}
                  {i.kind === 'address' ? i.value.slice(i.value.indexOf('/') + 1) : i.value}
                </Text>
              </Group>
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}
