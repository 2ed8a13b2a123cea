import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../domain/errors.ts';

/** A line longer than this is no password. */
const longestSecret = 1024;

interface SecretSource {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Where the prompt goes when a person sits there. */
  readonly prompt: (text: string) => void;
}

/**
 * Takes one line, never showing it: from a person who is asked, or the first line of what is piped in.
 * Throws `config.invalid` when there is no line.
 */
export function readSecret(question: string, source: SecretSource): Promise<string> {
  const asking = source.input.isTTY === true;
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: source.input, output: nowhere, terminal: asking, historySize: 0 });
  if (asking) source.prompt(question);
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(line.slice(0, longestSecret));
      lines.close();
    });
    lines.once('SIGINT', () => {
      lines.close();
    });
    lines.once('close', () => {
      if (asking) source.prompt('\n');
      // After a line this settles nothing anew.
      reject(new AppError('config.invalid', 'No password was given. Type one, pipe one in, or use --password.'));
    });
  });
}
