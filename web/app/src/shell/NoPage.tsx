import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';

/** An address that leads nowhere. */
export function NoPage() {
  const { t } = useTranslation();
  return (
    <Empty
      icon={IconMapOff}
      title={t('problem.noPage')}
      hint={t('problem.noPageHelp')}
      action={
        <Button mt="sm" variant="light" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('nav.overview')}
        </Button>
      }
    />
  );
}
