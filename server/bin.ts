#!/usr/bin/env node
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
  const { runCli } = await import('./cli/main.ts');
  const { processWorld, flushOutput } = await import('./cli/process-world.ts');
  const exitCode = await runCli(process.argv.slice(2), processWorld());
  await flushOutput();
  return exitCode;
}

process.exit(await run());
