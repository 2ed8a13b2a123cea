import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const house = import.meta.dirname;

export default defineConfig({
  root: 'renderer',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    sourcemap: false,
    // The pages' policy allows no data: address for scripts and fonts, so every asset stays a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The pages come from the box itself, next door.
    chunkSizeWarningLimit: 800,
    // Two pages: the admin UI, and the API document that anyone may read.
    rolldownOptions: { input: ['renderer/index.html', 'renderer/api-docs.html'].map((page) => join(house, page)) },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8580' } },
  // The tests are of the whole house, not of the pages alone.
  // Limits for what hangs; on a busy machine starting a server or a browser takes its time.
  test: {
    root: house,
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One fewer than there are processors otherwise, which on two is one after the other.
    maxWorkers: 2,
  },
});
