import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** A password that the server told once. */
export interface Issued {
  name: string;
  password: string;
}

/** Shows a one-time password; it is nowhere to be found again. */
export function OneTimePassword({ issued, close }: { issued?: Issued; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={issued !== undefined} onClose={close} title={t('users.oneTime')} closeOnClickOutside={false}>
      {issued && (
        <Stack>
          <Text size="sm">{t('users.oneTimeHint', { name: issued.name })}</Text>
          <Group wrap="nowrap">
            <Code block fz="lg" style={{ flex: 1 }} data-testid="one-time-password">
              {issued.password}
            </Code>
            <CopyButton value={issued.password}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
                  {t(copied ? 'action.copied' : 'action.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Group justify="flex-end">
            <Button onClick={close}>{t('users.understood')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
