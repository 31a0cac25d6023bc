import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const source = fileURLToPath(new URL('./src', import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': source } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // Not "assets": that is where the interface shows the assets of clients.
    assetsDir: 'static',
    target: 'es2022',
    // Nothing becomes a data: URL: the content security policy allows fonts and
    // styles from the server only.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        // Libraries change less often than pages: browsers keep them longer.
        manualChunks: (id) => {
          if (/node_modules\/(react|react-dom|scheduler)\//.test(id)) return 'react';
          if (/node_modules\/@mantine\/(core|hooks|form|notifications|modals)\//.test(id)) return 'mantine';
          return /node_modules\/@tanstack\//.test(id) ? 'tanstack' : undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.PARC_URL ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    testTimeout: 30_000,
  },
});
