import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1024 * 1024;

/**
 * Reads a file to its end, and asks for all of it to be on disk. Blocks: for a thread of its own, or a command.
 * @returns its size and SHA-256 in hex.
 */
export function digestFile(
  path: string,
  onRead: (bytes: number) => void = () => {},
): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
    let bytes = 0;
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
      onRead(bytes);
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}
