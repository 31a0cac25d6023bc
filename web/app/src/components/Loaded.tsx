import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface Props<T> {
  query: UseQueryResult<T, unknown>;
  /** What keeps the place meanwhile; lines by default. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows what a query gave; meanwhile a skeleton, and in plain words what went wrong. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemAlert error={query.error} retry={() => void query.refetch()} />;
  return <>{skeleton ?? <Lines />}</>;
}

/** Grey lines in the place of text that is on its way. */
export function Lines({ count = 5 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" py="md" px="lg" role="status" aria-label={t('word.loading')}>
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} height={14} width={`${String(92 - ((i * 17) % 40))}%`} />
      ))}
    </Stack>
  );
}
