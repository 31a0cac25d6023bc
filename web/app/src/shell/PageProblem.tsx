import { Box } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { ProblemAlert } from '@/components/ProblemAlert';

/** Where a page should have been and could not be shown. */
export function PageProblem({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <Box p="xl" maw={720} mx="auto">
      <ProblemAlert error={error} retry={() => void router.invalidate()} />
    </Box>
  );
}
