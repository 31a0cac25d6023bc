import { Button, Menu, SegmentedControl, Text } from '@mantine/core';
import { IconBraces, IconChevronDown, IconFileSpreadsheet, IconFileText, IconFileTypePdf, type TablerIcon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditPath } from '@/api/audit';
import { languages, useLanguage } from '@/i18n';

const formats: { format: 'pdf' | 'html' | 'xlsx' | 'json'; label: 'auditPDF' | 'auditHTML' | 'auditXLSX' | 'auditJSON'; icon: TablerIcon }[] = [
  { format: 'pdf', label: 'auditPDF', icon: IconFileTypePdf },
  { format: 'html', label: 'auditHTML', icon: IconFileText },
  { format: 'xlsx', label: 'auditXLSX', icon: IconFileSpreadsheet },
  { format: 'json', label: 'auditJSON', icon: IconBraces },
];

/** The audit report as a file, in a language and a format. */
export function AuditMenu({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const reportLanguage = chosen ?? language;
  return (
    <Menu position="bottom-end" shadow="md" width={290} closeOnItemClick>
      <Menu.Target>
        <Button variant="default" leftSection={<IconFileText size={18} />} rightSection={<IconChevronDown size={15} />}>
          {t('client.audit')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="xs" c="var(--parc-quiet)" px="sm" py={6}>
          {t('client.auditHelp')}
        </Text>
        <SegmentedControl
          size="xs"
          fullWidth
          mx={4}
          mb={4}
          aria-label={t('client.auditLanguage')}
          value={reportLanguage}
          onChange={setChosen}
          data={languages.map((l) => ({ value: l, label: l === 'fr' ? 'Français' : 'English' }))}
        />
        {formats.map(({ format, label, icon: Icon }) => (
          <Menu.Item
            key={format}
            component="a"
            href={auditPath(clientId, format, reportLanguage)}
            download
            leftSection={<Icon size={17} stroke={1.7} />}
          >
            {t(`client.${label}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
