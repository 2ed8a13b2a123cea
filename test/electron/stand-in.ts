import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the fuses are in the binary of Electron: a mark, version 1, how many, and each as a digit. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('110010011'),
]);

/**
 * A folder that electron-builder takes for a distribution of Electron: the real one is fetched from the network, which a
 * test does not. What it packs is the app's own part, which is what tests look at.
 */
export async function standInElectron(dir: string): Promise<void> {
  await mkdir(join(dir, 'resources'), { recursive: true });
  await mkdir(join(dir, 'locales'));
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), fuseWire]);
  await writeFile(join(dir, 'electron'), program, { mode: 0o755 });
  for (const file of ['version', 'LICENSE', 'LICENSES.chromium.html']) await writeFile(join(dir, file), '45.0.0');
}
