#!/usr/bin/env node
// Runs bin.ts with a Node.js that can: this one when it is new enough, else the one that came with the packages.
// Plain JavaScript, for an old Node.js has to read it. npm 11 puts the right one first by itself; npm 10 does not.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { packagedNode } from './packaged-node.mjs';

const oldestNode = 24;
const bin = new URL('./bin.ts', import.meta.url);
/** Where compiled modules are kept; named here too, so that not even bin.ts has to be compiled at a start. */
const cache = fileURLToPath(new URL('../node_modules/.cache/sepsms-box', import.meta.url));

/** Runs bin.ts in the other Node.js as if it were this process: same terminal, signals and exit code. */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(bin), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: cache, ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`sepsms-box: ${node} cannot be started: ${error.message}. Run npm ci again.\n`);
    process.exit(2);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

const packaged = packagedNode();
if (Number.parseInt(process.versions.node, 10) >= oldestNode) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(cache);
  await import(bin.href);
} else if (packaged !== null) runWith(packaged);
else {
  process.stderr.write(
    `sepsms-box: This is Node.js ${process.versions.node}; the box needs ${oldestNode}. Run npm ci, which brings it, or install it.\n`,
  );
  process.exit(2);
}
