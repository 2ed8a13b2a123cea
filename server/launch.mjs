#!/usr/bin/env node
// Runs bin.ts with a Node.js that can: this one when it is new enough, else the one that came with the packages.
// Plain JavaScript, for an old Node.js has to read it. npm 11 puts the right one first by itself; npm 10 does not.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;
const bin = new URL('./bin.ts', import.meta.url);

/** The packaged Node.js of this platform, or null where there is none. */
function packagedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const paths = ['node', 'node-bin'].map((name) =>
    fileURLToPath(new URL(`../node_modules/${name}-${system}-${process.arch}/bin/${file}`, import.meta.url)),
  );
  return paths.find((path) => existsSync(path)) ?? null;
}

/** Runs bin.ts in the other Node.js as if it were this process: same terminal, signals and exit code. */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(bin), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`sepsms-box: ${node} cannot be started: ${error.message}. Run npm ci again.\n`);
    process.exit(2);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

const packaged = packagedNode();
if (Number.parseInt(process.versions.node, 10) >= oldestNode) await import(bin.href);
else if (packaged !== null) runWith(packaged);
else {
  process.stderr.write(
    `sepsms-box: This is Node.js ${process.versions.node}; the box needs ${oldestNode}. Run npm ci, which brings it, or install it.\n`,
  );
  process.exit(2);
}
