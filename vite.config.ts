import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './test/long-files-first.ts';

const house = import.meta.dirname;
const measures = ['test/bench/**/*.test.ts'];
const plain = ['test/{config,contract,domain,renderer}/**/*.test.ts'];

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
    // Rooms without a database, a port or a process of their own share their workers, for loading what they test
    // takes longer than the tests.
    projects: [
      { extends: true, test: { name: 'rules', include: plain, isolate: false } },
      { extends: true, test: { name: 'box', include: ['test/**/*.test.{ts,tsx}'], exclude: [...plain, ...measures] } },
      // Alone, for they measure: nothing else may want the processors meanwhile.
      { extends: true, test: { name: 'measures', include: measures } },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongFilesFirst },
    // Much of a test is waiting for a disk, a browser or a process, so two processors serve three.
    maxWorkers: 3,
  },
});
