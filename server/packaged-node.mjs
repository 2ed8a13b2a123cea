// Plain JavaScript, for an old Node.js has to read it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Node.js that came with the packages for this platform, or null where there is none. */
export function packagedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const paths = ['node', 'node-bin'].map((name) =>
    fileURLToPath(new URL(`../node_modules/${name}-${system}-${process.arch}/bin/${file}`, import.meta.url)),
  );
  return paths.find((path) => existsSync(path)) ?? null;
}
