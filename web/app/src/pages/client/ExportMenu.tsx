import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconFileZip, IconPackageExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { exportPath } from '@/api/attachments';

/** A client whole, as a file, with what it is good for. */
export function ExportMenu({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md" width={330}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconPackageExport size={18} />} rightSection={<IconChevronDown size={15} />}>
          {t('client.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="xs" c="var(--parc-quiet)" px="sm" py={6}>
          {t('client.exportHelp')}
        </Text>
        <Menu.Item component="a" href={exportPath(clientId)} download leftSection={<IconFileZip size={17} stroke={1.7} />}>
          {t('client.exportZip')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
