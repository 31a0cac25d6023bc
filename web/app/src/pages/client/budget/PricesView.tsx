import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import { PriceBook } from '@/components/PriceBook';

/** What replacements are priced by: the client's own book, then the provider's. */
export function PricesView({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const may = useMay('money');
  const mayHouse = useMay('admin');
  return (
    <Stack>
      <Text size="sm" c="var(--parc-quiet)">
        {t('price.order')}
      </Text>
      <PriceBook clientId={clientId} may={may} />
      <PriceBook may={mayHouse} />
    </Stack>
  );
}
