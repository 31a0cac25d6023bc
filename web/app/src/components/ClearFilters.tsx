import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Takes away all that narrows a list. */
export function ClearFilters({ clear }: { clear: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />} onClick={clear}>
      {t('action.clear')}
    </Button>
  );
}
