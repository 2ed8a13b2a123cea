import { isAppError, startServer, type RunningServer } from '../server/index.ts';
import { toServer, type FromServer, type ToServer } from './server-protocol.ts';

/** The end of a port that Electron gives a utility process (`process.parentPort`), as far as it is used here. */
export interface ServerPort {
  postMessage(message: FromServer): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** Runs one server as the other end of a port wishes. */
class ServerHost {
  readonly #port: ServerPort;
  readonly #end: (exitCode: number) => void;
  #started: Promise<RunningServer | undefined> | undefined;
  #stopping = false;
  #unwatch = () => {};

  constructor(port: ServerPort, end: (exitCode: number) => void) {
    this.#port = port;
    this.#end = end;
  }

  hear(data: unknown): void {
    const heard = toServer.safeParse(data);
    if (!heard.success) {
      const issue = heard.error.issues[0];
      this.#refuse(`not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    } else if (heard.data.type === 'start') this.#begin(heard.data);
    else if (heard.data.type === 'stop') void this.#stop();
    else void this.#serve(heard.data);
  }

  #begin(order: Extract<ToServer, { type: 'start' }>): void {
    if (this.#started === undefined && !this.#stopping) this.#started = this.#start(order);
    else this.#refuse('start comes once');
  }

  /** Never rejects: a start that fails is told, and ends the process. */
  async #start({ options, masterKey }: Extract<ToServer, { type: 'start' }>): Promise<RunningServer | undefined> {
    const { uiDir, ...listen } = options;
    try {
      const server = await startServer({ ...listen, masterKey, ...(uiDir === undefined ? {} : { uiDir }) });
      this.#port.postMessage({ type: 'ready', port: server.address.port, url: server.address.url });
      this.#unwatch = server.desktop.watch(({ troubles, ...rest }) => {
        this.#port.postMessage({ type: 'glance', glance: { ...rest, troubles: [...troubles] } });
      });
      return server;
    } catch (error) {
      this.#tell(error);
      this.#end(1);
      return undefined;
    }
  }

  /** Also while it starts: then it stops as soon as it runs. */
  async #stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    try {
      const server = await this.#started;
      this.#unwatch();
      await server?.stop();
      this.#port.postMessage({ type: 'stopped' });
      this.#end(0);
    } catch (error) {
      this.#tell(error);
      this.#end(1);
    }
  }

  /** What is asked of a box that runs, or is about to. */
  async #serve(order: Exclude<ToServer, { type: 'start' | 'stop' }>): Promise<void> {
    const server = await this.#started;
    if (server === undefined || this.#stopping) return this.#refuse('the box does not run');
    try {
      if (order.type === 'ticket') {
        const { setupCode } = server;
        const ticket = server.desktop.windowTicket();
        this.#port.postMessage({ type: 'ticket', ticket, setupCode: ticket === null ? setupCode : null });
        return;
      }
      await (order.type === 'paused' ? server.desktop.setPaused(order.paused) : server.desktop.wakeUp());
    } catch (error) {
      this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    const code = isAppError(error) ? error.code : 'internal.fault';
    const message = error instanceof Error ? error.message : String(error);
    this.#port.postMessage({ type: 'failed', code, message });
  }

  #refuse(message: string): void {
    this.#port.postMessage({ type: 'failed', code: 'validation.failed', message });
  }
}

/** Starts and stops the server as the port says; resolves with the exit code of the process when its work is done. */
export function serveOver(port: ServerPort): Promise<number> {
  return new Promise((resolve) => {
    const host = new ServerHost(port, resolve);
    port.on('message', ({ data }) => host.hear(data));
  });
}

function isServerPort(port: unknown): port is ServerPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}

// Only a utility process has the port; anywhere else, loading this file does nothing.
const parentPort: unknown = 'parentPort' in process ? process.parentPort : undefined;
if (isServerPort(parentPort)) process.exit(await serveOver(parentPort));
