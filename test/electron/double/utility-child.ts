import type { ServerPort } from '../../../electron/server-process.ts';

/**
 * What Electron puts into a utility process, around the real program of the server: run under Node as
 * `utility-child.ts <program>`. Messages go over the channel of the fork, with bytes as bytes.
 */
const [program = ''] = process.argv.slice(2);
const port: ServerPort = {
  postMessage: (message) => process.send?.(message),
  on: (_event, listener) => process.on('message', (data: unknown) => listener({ data })),
};
Object.defineProperty(process, 'parentPort', { value: port });
await import(program);
