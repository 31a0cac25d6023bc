import { ActionIcon, Group, SegmentedControl, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, useLanguage } from '@/i18n';

/** The two switches that everybody has, signed in or not: language and theme. */
export function Preferences() {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Group gap="xs" wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label={t('nav.language')}
        value={language}
        onChange={(value) => {
          const next = languages.find((l) => l === value);
          if (next) choose(next);
        }}
        data={languages.map((l) => ({ value: l, label: l.toUpperCase() }))}
      />
      <Tooltip label={t(`nav.${other}`)}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t(`nav.${other}`)}
          onClick={() => {
            setColorScheme(other);
          }}
        >
          {scheme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
