import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Header,
  type Row,
  type RowData,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the declaration merged with has them
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: 'right';
    /** A CSS width; without one the column takes what it needs. */
    width?: string;
    /** What is cut with an ellipsis instead of breaking the line. */
    cut?: boolean;
  }
}

interface Props<T> {
  /** What the table lists, for those who cannot see it. */
  label: string;
  columns: ColumnDef<T>[];
  data: T[];
  rowId: (row: T, index: number) => string;
  empty: ReactNode;
  sort?: SortingState;
  /** False where only a part of the list is here: sorting it would lie. */
  sortable?: boolean;
  /** Scrolls inside the page and draws only the rows in view. */
  tall?: boolean;
  /** Called when the last rows of a tall table come into view. */
  onEnd?: () => void;
  /** What stands after the last row. */
  footer?: ReactNode;
}

const rowHeight = 49;
const virtualFrom = 80;

/** A table with a sticky head, sortable where all rows are here. */
export function DataTable<T>({ label, columns, data, rowId, empty, sort = [], sortable = true, tall, onEnd, footer }: Props<T>) {
  const [sorting, setSorting] = useState<SortingState>(sort);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useReactTable({
    data,
    columns,
    getRowId: rowId,
    state: { sorting: sortable ? sorting : [] },
    onSortingChange: setSorting,
    enableSorting: sortable,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const { rows } = table.getRowModel();
  const view = useVisibleRows(rows, scroller, Boolean(tall), onEnd);

  if (data.length === 0) return <>{empty}</>;
  return (
    <div ref={scroller} className={tall ? classes.tall : classes.wide}>
      <Table aria-label={label} className={classes.table}>
        <Table.Thead className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} />
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={view.before} span={columns.length} />
          {view.rows.map((row) => (
            <Table.Tr key={row.id}>
              {row.getVisibleCells().map((cell) => {
                const meta = cell.column.columnDef.meta;
                return (
                  <Table.Td key={cell.id} ta={meta?.align} className={meta?.cut ? classes.cut : undefined}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
          <Spacer height={view.after} span={columns.length} />
        </Table.Tbody>
      </Table>
      {footer}
    </div>
  );
}

/** The rows to draw, and the height of what is left out before and after. */
function useVisibleRows<T>(rows: Row<T>[], scroller: React.RefObject<HTMLDivElement | null>, tall: boolean, onEnd?: () => void) {
  const virtual = tall && rows.length > virtualFrom;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = virtual ? (items.at(-1)?.index ?? 0) : rows.length - 1;
  useEffect(() => {
    if (virtual && last >= rows.length - 10) onEnd?.();
  }, [virtual, last, rows.length, onEnd]);

  if (!virtual) return { rows, before: 0, after: 0 };
  return {
    rows: items.map((item) => rows[item.index]).filter((row) => row !== undefined),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

function HeadCell<T>({ header }: { header: Header<T, unknown> }) {
  const { t } = useTranslation();
  const { column } = header;
  const meta = column.columnDef.meta;
  const direction = column.getIsSorted();
  const Icon = direction === 'asc' ? IconArrowUp : direction === 'desc' ? IconArrowDown : IconArrowsSort;
  const content = flexRender(column.columnDef.header, header.getContext());
  const sorted = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined;
  return (
    <Table.Th w={meta?.width} ta={meta?.align} data-right={meta?.align} aria-sort={sorted}>
      {column.getCanSort() ? (
        <UnstyledButton
          className={classes.sort}
          data-sorted={direction !== false || undefined}
          onClick={column.getToggleSortingHandler()}
          aria-label={t('table.sortBy', { column: String(column.columnDef.header) })}
        >
          {content}
          <Icon size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        content
      )}
    </Table.Th>
  );
}
