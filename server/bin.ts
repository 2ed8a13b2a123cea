#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { nodeProblem } from './cli/node-version.ts';

/**
 * Headless entry and command line of the box. Everything past the version check is imported afterwards:
 * the store's binary ends an older Node without a word.
 */
async function run(): Promise<number> {
  const problem = nodeProblem(process.versions.node, process.execPath);
  if (problem !== null) {
    process.stderr.write(`sepsms-box: ${problem}\n`);
    return 2;
  }
  // Keeps the modules as they were compiled, so that a start needs neither the time nor the memory of reading TypeScript.
  // Where the folder cannot be written, nothing is kept.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sepsms-box', import.meta.url)));
  const { runCli } = await import('./cli/main.ts');
  const { processWorld, flushOutput } = await import('./cli/process-world.ts');
  const exitCode = await runCli(process.argv.slice(2), processWorld());
  await flushOutput();
  return exitCode;
}

process.exit(await run());
