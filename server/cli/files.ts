import { open, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { AppError, errorText } from '../domain/errors.ts';

/** No file that the box takes is larger. */
const mostBytes = 100_000_000;

/** The bytes of a file that a person names. @throws AppError `config.invalid` saying why it cannot be read. */
export async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new RangeError('it is too large');
    return await readFile(path);
  } catch (error) {
    throw new AppError('config.invalid', `The file ${path} cannot be read: ${errorText(error)}.`, { cause: error });
  }
}

/**
 * Writes a file that is not there yet from what comes piece by piece, for its owner only, and takes it back when that
 * breaks off. @throws AppError `config.invalid` saying why it cannot be made; what reading throws.
 */
export async function keepStream(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  onPiece: (piece: Uint8Array) => void,
): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    throw new AppError('config.invalid', `The file ${path} cannot be made: ${errorText(error)}.`, { cause: error });
  }
  try {
    for await (const piece of pieces) {
      await file.write(piece);
      onPiece(piece);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Writes a file that is not there yet, for its owner only. @throws AppError `config.invalid` saying why it cannot be made. */
export async function keepFile(path: string, bytes: Uint8Array): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'wx', 0o600);
    await file.writeFile(bytes);
  } catch (error) {
    throw new AppError('config.invalid', `The file ${path} cannot be made: ${errorText(error)}.`, { cause: error });
  } finally {
    await file?.close();
  }
}

/**
 * Makes a file, for its owner only, of what comes piece by piece; what was begun stays when a piece does not come.
 * @returns its size in bytes.
 * @throws AppError `config.invalid` saying why it cannot be made; whatever the pieces throw.
 */
export async function makeFile(path: string, pieces: () => AsyncIterable<string>): Promise<number> {
  const failed = (error: unknown) =>
    new AppError('config.invalid', `The file ${path} cannot be made: ${errorText(error)}.`, { cause: error });
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw failed(error);
  });
  let bytes = 0;
  try {
    for await (const piece of pieces()) {
      const chunk = Buffer.from(piece, 'utf8');
      await file.writeFile(chunk).catch((error: unknown) => {
        throw failed(error);
      });
      bytes += chunk.length;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
