import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '@/components/badges';
import type { FindingGroup } from '@/lifecycle/findings';

/** What to deal with first at a client; each leads to the assets it touches. */
export function TopFindings({ groups, clientId }: { groups: readonly FindingGroup[]; clientId: string }) {
  const { t } = useTranslation();
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {groups.map((g) => (
        <li key={g.key}>
          <UnstyledButton
            w="100%"
            renderRoot={(props) => <Link to="/clients/$clientId/findings" params={{ clientId }} search={{ open: g.key }} {...props} />}
          >
            <Group gap="sm" wrap="nowrap">
              <SeverityBadge severity={g.severity} />
              <Text size="sm" fw={540} truncate style={{ flex: 1 }} title={g.title}>
                {g.title}
              </Text>
              <Text size="xs" c="var(--parc-quiet)" className="numeric nowrap">
                {t('life.assetCount', { count: new Set(g.findings.map((f) => f.asset_id)).size })}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}
