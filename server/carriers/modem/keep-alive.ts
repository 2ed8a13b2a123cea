import type { Inbox } from './inbox.ts';
import type { Indications } from './indications.ts';
import type { InitContext } from './init/context.ts';
import { readUsage } from './init/messages.ts';
import { readOperator, readRegistration, readSignal } from './init/network.ts';
import type { Registration } from './init/network.ts';
import { NetworkWatch } from './network-watch.ts';

export interface KeepAliveOptions {
  readonly context: InitContext;
  readonly registration: Registration;
  readonly inbox: Inbox;
  readonly indications: Indications;
}

/** What is asked of a modem in service from time to time: whether it lives, has network, and still tells of messages. */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  readonly #network: NetworkWatch;
  #polling = false;
  #sweptAt = 0;
  /** Every memory was looked through. */
  #sweptAllAt = 0;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#network = new NetworkWatch(options.context);
  }

  /** The modem is set up; everything left from before is looked for. */
  begin(polling: boolean): void {
    this.#polling = polling;
    this.sweep();
  }

  /** Until the next `run`, in milliseconds. */
  get pauseMs(): number {
    const { registration, context } = this.#options;
    const { keepAlive, searching, poll } = context.timeouts;
    const usual = registration.ready ? keepAlive : searching;
    return this.#polling ? Math.min(poll, usual) : usual;
  }

  /** Looks through every memory that may hold something, or only through the one into which new messages go. */
  sweep(all = true): void {
    this.#sweptAt = this.#options.context.clock.monotonic();
    if (all) this.#sweptAllAt = this.#sweptAt;
    this.#options.inbox.sweep(all);
  }

  async run(): Promise<void> {
    const { context, registration, inbox, indications } = this.#options;
    const { facts, clock, timeouts } = context;
    await readSignal(context);
    await readRegistration(context, registration);
    if (!registration.ready) facts.operator = null;
    else if (facts.operator === null) await readOperator(context);
    await this.#network.look(registration.ready);
    await indications.check();
    const now = clock.monotonic();
    if (inbox.unfinished || now - this.#sweptAllAt >= timeouts.sweep) this.sweep();
    else if (this.#polling && now - this.#sweptAt >= timeouts.poll) this.sweep(false);
    await readUsage(context);
  }
}
