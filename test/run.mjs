// `npm test`: every check, one after the other, with the Node.js that came with the packages.
// Plain JavaScript, for an old Node.js has to read it: npm 10 runs scripts with the machine's own.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { packagedNode } from '../server/packaged-node.mjs';

const node = packagedNode();
const path = node === null ? process.env.PATH : `${dirname(node)}${delimiter}${process.env.PATH}`;
const steps = [
  ['types', 'tsc'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['format', 'oxfmt --check .'],
  ['pages', 'vite build --logLevel warn'],
  ['tests', 'vitest run --project rules --project box'],
  ['measures', 'vitest run --project measures'],
];

for (const [name, command] of steps) {
  process.stdout.write(`\n== ${name}: ${command}\n`);
  const start = performance.now();
  const { status } = spawnSync(command, { stdio: 'inherit', shell: true, env: { ...process.env, PATH: path } });
  process.stdout.write(
    `== ${name}: ${status === 0 ? 'well' : 'FAILED'} after ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
  );
  if (status !== 0) process.exit(status ?? 1);
}
