import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const sources = join(import.meta.dirname, '..');

/**
 * Builds what runs inside the window beside the box's own pages: the script between pages and app, as the sandbox wants it
 * (one CommonJS file), and the page for faults.
 */
export async function buildShellPages(outDir: string): Promise<void> {
  await bundle(join(sources, 'preload.ts'), { outDir, fileName: 'preload.cjs', format: 'cjs' });
  const fault = join(outDir, 'fault');
  await bundle(join(sources, 'fault', 'fault.ts'), { outDir: fault, fileName: 'fault.js', format: 'iife' });
  await mkdir(fault, { recursive: true });
  for (const file of ['fault.html', 'fault.css']) await copyFile(join(sources, 'fault', file), join(fault, file));
}

interface Bundle {
  readonly outDir: string;
  readonly fileName: string;
  readonly format: 'cjs' | 'iife';
}

async function bundle(entry: string, { outDir, fileName, format }: Bundle): Promise<void> {
  await build({
    configFile: false,
    root: sources,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'es2024',
      lib: { entry, formats: [format], name: 'sepsms', fileName: () => fileName },
      rolldownOptions: { external: ['electron'] },
    },
  });
}
