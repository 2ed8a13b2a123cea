import type { Glance } from './server-protocol.ts';
import { fill, type Words } from './words.ts';
import type { Electron } from './world.ts';

interface NoticeOptions {
  readonly electron: Pick<Electron, 'Notification'>;
  readonly words: Words;
  readonly onOpen: () => void;
}

/** Tells once of each carrier that somebody must look at; and again when it comes back after it was well. */
export class TroubleNotices {
  readonly #options: NoticeOptions;
  #told: ReadonlySet<string> = new Set();

  constructor(options: NoticeOptions) {
    this.#options = options;
  }

  follow({ troubles }: Glance): void {
    const fresh = troubles.filter(({ carrier }) => !this.#told.has(carrier));
    this.#told = new Set(troubles.map(({ carrier }) => carrier));
    for (const { carrier, reason } of fresh) this.say(fill(this.#options.words.troubleTitle, { carrier }), reason);
  }

  say(title: string, body: string): void {
    const { electron, onOpen } = this.#options;
    if (!electron.Notification.isSupported()) return;
    const notice = new electron.Notification({ title, body });
    notice.on('click', onOpen);
    notice.show();
  }
}
