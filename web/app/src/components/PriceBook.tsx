import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconPlus, IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { housePricesQuery, type Price, pricesQuery, useDeletePrice } from '@/api/prices';
import { ClassIcon } from './ClassIcon';
import { Quiet } from './badges';
import { DataTable } from './DataTable';
import { DeleteButton } from './DeleteButton';
import { Empty } from './Empty';
import { useFormats } from './formats';
import { IconButton } from './IconButton';
import { Loaded } from './Loaded';
import { useNames } from './names';
import { PriceForm } from './PriceForm';
import { Section } from './Section';

interface Props {
  /** Whose book it is; without a client the provider's. */
  clientId?: string;
  /** Whether the reader may change it. */
  may: boolean;
}

/** What things cost, as people have written it down. */
export function PriceBook({ clientId, may }: Props) {
  const { t } = useTranslation();
  const own = useQuery({ ...pricesQuery(clientId ?? ''), enabled: clientId !== undefined });
  const house = useQuery({ ...housePricesQuery(), enabled: clientId === undefined });
  const [edited, setEdited] = useState<Price>();
  const [opened, { open, close }] = useDisclosure();
  const edit = (price?: Price) => {
    setEdited(price);
    open();
  };
  const columns = useColumns(may, edit);
  const prices = clientId ? own : house;
  const text = clientId ? 'client' : 'house';
  const add = may && (
    <Button size="xs" variant="light" leftSection={<IconPlus size={16} />} onClick={() => { edit(); }}>
      {t('price.add')}
    </Button>
  );
  return (
    <Section title={t(`price.${text}`)} count={prices.data?.items.length} flush actions={prices.data?.items.length ? add : undefined}>
      <Loaded query={prices}>
        {({ items }) => (
          <DataTable
            label={t(`price.${text}`)}
            columns={columns}
            data={items}
            rowId={(p) => p.id}
            sort={[{ id: 'class', desc: false }]}
            tall
            empty={<Empty compact icon={IconReceipt} title={t('price.none')} hint={t(`price.${text}Hint`)} action={add} />}
          />
        )}
      </Loaded>
      <PriceForm clientId={clientId} price={edited} opened={opened} close={close} />
    </Section>
  );
}

function useColumns(may: boolean, edit: (price: Price) => void): ColumnDef<Price>[] {
  const { t } = useTranslation();
  const name = useNames();
  const format = useFormats();
  const remove = useDeletePrice();
  const title = (p: Price) => [name('class', p.class), p.model].filter(Boolean).join(' · ');
  const columns: ColumnDef<Price>[] = [
    {
      id: 'class',
      header: t('assets.class'),
      accessorFn: (p) => name('class', p.class),
      cell: ({ row: { original: p } }) => (
        <Group gap="xs" wrap="nowrap">
          <ClassIcon name={p.class} size="sm" />
          {name('class', p.class)}
        </Group>
      ),
    },
    { id: 'model', header: t('assets.model'), accessorFn: (p) => [p.vendor, p.model].filter(Boolean).join(' '), cell: (c) => <Quiet empty={t('price.anyModel')}>{c.getValue<string>()}</Quiet> },
    {
      id: 'amount',
      header: t('price.amount'),
      accessorFn: (p) => p.amount.minor,
      meta: { align: 'right' },
      cell: ({ row: { original: p } }) => <span className="numeric nowrap">{format.money(p.amount)}</span>,
    },
    { id: 'day', header: t('price.day'), accessorFn: (p) => p.day, cell: (c) => <span className="numeric nowrap">{format.day(c.getValue<string>())}</span> },
    { id: 'source', header: t('life.source'), accessorFn: (p) => name('priceSource', p.source) },
    { id: 'reference', header: t('life.reference'), accessorFn: (p) => p.reference ?? '', cell: (c) => <Quiet>{c.getValue<string>()}</Quiet> },
  ];
  if (may) {
    columns.push({
      id: 'actions',
      header: t('table.actions'),
      enableSorting: false,
      meta: { align: 'right', width: '6rem' },
      cell: ({ row: { original: p } }) => (
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <IconButton icon={IconPencil} label={`${t('action.edit')}: ${title(p)}`} onClick={() => { edit(p); }} />
          <DeleteButton id={p.id} remove={remove} title={t('life.deleteTitle', { name: title(p) })} hint={t('life.deleteHint')} />
        </Group>
      ),
    });
  }
  return columns;
}
