import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { softwareDevicesQuery } from '@/api/software';
import type { InstalledProduct } from '@/api/types';
import { AssetLink } from '@/components/AssetLink';
import { Lines } from '@/components/Loaded';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Positions } from './software-columns';

interface Props {
  clientId: string;
  product: InstalledProduct;
  close: () => void;
}

/** The devices on which a product is installed, and who uses them. */
export function SoftwareDevices({ clientId, product, close }: Props) {
  const { t } = useTranslation();
  const devices = useInfiniteQuery(softwareDevicesQuery(clientId, product.product, product.publisher));
  const rows = devices.data?.pages.flatMap((page) => page.items);
  return (
    <Modal opened onClose={close} title={t('software.on', { product: product.product })} size="lg">
      <Stack>
        <Positions product={product} />
        {devices.isError && <ProblemAlert error={devices.error} retry={() => void devices.refetch()} />}
        {!rows && !devices.isError && <Lines count={4} />}
        <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
          {rows?.map((d) => (
            <li key={d.asset_id}>
              <Group justify="space-between" wrap="nowrap">
                <AssetLink id={d.asset_id} asset={{ class: d.class, hostname: d.name }} />
                <Text size="xs" c="var(--parc-quiet)">
                  {d.user}
                </Text>
              </Group>
            </li>
          ))}
        </Stack>
        {devices.hasNextPage && (
          <Button variant="subtle" size="xs" loading={devices.isFetchingNextPage} onClick={() => void devices.fetchNextPage()}>
            {t('action.more')}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
