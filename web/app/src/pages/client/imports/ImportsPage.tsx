import { Button, Group, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { importsQuery } from '@/api/imports';
import { useMay } from '@/api/session';
import { Loaded } from '@/components/Loaded';
import { ImportFile } from './ImportFile';
import { ImportList } from './ImportList';

const route = getRouteApi('/signed-in/clients/$clientId/imports');

/** Spreadsheets of assets: taken in, listed, taken back. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const may = useMay('change');
  const imports = useQuery(importsQuery(clientId));
  return (
    <Stack gap="md">
      <Group>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconArrowLeft size={16} />}
          renderRoot={(props) => <Link to="/clients/$clientId/assets" params={{ clientId }} {...props} />}
        >
          {t('assets.title')}
        </Button>
      </Group>
      {may && <ImportFile clientId={clientId} />}
      <Loaded query={imports}>{({ items }) => <ImportList items={items} may={may} />}</Loaded>
    </Stack>
  );
}
