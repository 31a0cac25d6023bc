import { defineConfig } from 'vitest/config';
import { CountReporter } from './count';

// The tests share one server: one after the other, in the order of the files.
export default defineConfig({
  test: {
    dir: 'e2e',
    include: ['*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ['verbose', new CountReporter()],
  },
});
