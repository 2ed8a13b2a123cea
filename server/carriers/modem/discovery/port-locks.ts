import { AppError } from '../../../domain/errors.ts';
import { sameImei } from '../../../domain/modem-search.ts';

/** Who wants a port: a carrier, or the search itself. */
export interface PortHolder {
  /** Null for the search. */
  readonly carrierId: number | null;
  /** For a person. */
  readonly name: string;
}

/** A port that is held. */
export interface HeldPort {
  readonly holder: PortHolder;
  readonly path: string;
  /** The device that the port belongs to; all its ports are one modem. */
  readonly device: string;
  /** Of the modem at it, once that is known. */
  readonly imei: string | null;
}

interface Held extends HeldPort {
  imei: string | null;
}

/** A port that is held until it is released. */
export interface PortLock {
  /** Ties the modem itself to the holder. Gives the words for why it is refused, or null when it is the holder's now. */
  claim(imei: string): string | null;
  /** Idempotent. */
  release(): void;
}

/**
 * Who holds which port, and with it which modem, within this process: one modem serves one carrier. The operating system
 * locks a port too, but knows nothing of several ports that are one modem.
 */
export class PortLocks {
  readonly #held = new Set<Held>();

  /** @throws AppError `port.in_use`, in words, when the port or another port of its device is held. */
  take(path: string, device: string, holder: PortHolder): PortLock {
    const other = this.#find((held) => held.path === path || held.device === device);
    if (other !== null) throw new AppError('port.in_use', takenWords(path, other, holder));
    const held: Held = { holder, path, device, imei: null };
    this.#held.add(held);
    return {
      claim: (imei) => this.#claim(held, imei),
      release: () => {
        this.#held.delete(held);
      },
    };
  }

  get held(): readonly HeldPort[] {
    return [...this.#held];
  }

  /** Who holds a port of the device, if anybody does. */
  holderOf(device: string): PortHolder | null {
    return this.#find((held) => held.device === device)?.holder ?? null;
  }

  /** The carrier that works with the modem now. */
  holderOfModem(imei: string): PortHolder | null {
    return this.#find((held) => held.imei !== null && sameImei(held.imei, imei))?.holder ?? null;
  }

  #claim(held: Held, imei: string): string | null {
    const other = this.#find((each) => each !== held && each.imei !== null && sameImei(each.imei, imei));
    if (other !== null) {
      return `This modem (IMEI ${imei}) is already used by the carrier "${other.holder.name}" at ${other.path}. One modem serves one carrier: remove one of the two.`;
    }
    held.imei = imei;
    return null;
  }

  #find(fits: (held: Held) => boolean): Held | null {
    for (const held of this.#held) if (fits(held)) return held;
    return null;
  }
}

function takenWords(path: string, { holder, path: theirs }: Held, wanting: PortHolder): string {
  if (holder.carrierId === null)
    return `The box is looking at ${theirs} just now; the port is tried again in a moment.`;
  if (wanting.carrierId === null) return `The carrier "${holder.name}" works with ${theirs}.`;
  const same = path === theirs ? path : `the modem at ${path} (through ${theirs})`;
  return `The carrier "${holder.name}" already uses ${same}. One modem serves one carrier: remove one of the two, or plug in another modem.`;
}
