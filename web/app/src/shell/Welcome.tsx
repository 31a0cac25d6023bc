import { Card, Center, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '@/components/Logo';
import { Preferences } from './Preferences';

/** The frame of the pages before one is inside: sign-in and the first password. */
export function Welcome({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={8} align="center" ta="center">
          <Logo size={40} />
          <Text size="sm" c="var(--parc-quiet)">
            {t('app.tagline')}
          </Text>
        </Stack>
        <Card padding="xl" shadow="sm">
          {children}
        </Card>
        <Group justify="center">
          <Preferences />
        </Group>
      </Stack>
    </Center>
  );
}
