import { SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCash, IconClockCheck, IconTool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type InterventionSearch, serviceQuery } from '@/api/interventions';
import { useFormats } from '@/components/formats';
import { Loaded } from '@/components/Loaded';
import { useNames } from '@/components/names';
import { Stat } from '@/components/Stat';

interface Counts {
  kept: number;
  broken: number;
  pending: number;
}

/** What a contract promised and what was kept of it, in a period. */
export function ServiceFigures({ contract, from, to }: InterventionSearch & { contract: string }) {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const report = useQuery(serviceQuery(contract, from, to));
  const share = ({ kept, broken }: Counts) => (kept + broken > 0 ? format.percent(Math.round((kept * 1000) / (kept + broken))) : '—');
  const color = ({ broken }: Counts) => (broken > 0 ? 'red' : 'teal');
  return (
    <Loaded query={report}>
      {({ response, resolution, cost, items, conventions }) => (
        <Stack gap="xs">
          <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'sm', sm: 'md' }}>
            <Stat icon={IconTool} label={t('service.title')} value={format.number(items.length)} />
            <Stat icon={IconClockCheck} color={color(response)} label={t('service.responseKept')} value={share(response)} hint={t('service.counts', { ...response })} />
            <Stat icon={IconClockCheck} color={color(resolution)} label={t('service.resolutionKept')} value={share(resolution)} hint={t('service.counts', { ...resolution })} />
            <Stat icon={IconCash} color="grape" label={t('budget.cost')} value={cost.currency ? format.money(cost) : '—'} />
          </SimpleGrid>
          <Text size="xs" c="var(--parc-quiet)">
            {conventions.map((text) => name('conventionText', text)).join(' ')}
          </Text>
        </Stack>
      )}
    </Loaded>
  );
}
