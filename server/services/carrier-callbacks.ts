import type { Carrier, CarrierCall, CarrierCallAnswer } from '../domain/carrier.ts';
import { sameText } from '../platform/crypto.ts';

export interface CarrierCallbacksOptions {
  readonly carrierOf: (carrierId: number) => Carrier | undefined;
  readonly secretOf: (carrierId: number) => string;
}

/** Calls to one carrier that are worked on at one time; whoever calls beyond that is told to come again. */
const mostUnderWay = 64;

/** The addresses at which the other sides of carriers call the box. */
export class CarrierCallbacks {
  readonly #options: CarrierCallbacksOptions;
  readonly #underWay = new Map<number, number>();

  constructor(options: CarrierCallbacksOptions) {
    this.#options = options;
  }

  /** Path of a carrier's address; whoever knows it may call. */
  static pathOf(carrierId: number, secret: string): string {
    return `/api/callbacks/${carrierId}/${secret}`;
  }

  /** Whether somebody is there who takes calls, and the secret is the right one; both in the same time. */
  admits(carrierId: number, secret: string): boolean {
    const right = sameText(secret, this.#options.secretOf(carrierId));
    return right && this.#options.carrierOf(carrierId)?.callback !== undefined;
  }

  /** Hands a call to its carrier. Resolves when what it tells is on disk. */
  async take(carrierId: number, call: CarrierCall): Promise<CarrierCallAnswer> {
    const carrier = this.#options.carrierOf(carrierId);
    const before = this.#underWay.get(carrierId) ?? 0;
    if (carrier?.callback === undefined) return { status: 404, contentType: 'text/plain', body: 'Not found' };
    if (before >= mostUnderWay) return { status: 503, contentType: 'text/plain', body: 'Too many calls at once' };
    this.#underWay.set(carrierId, before + 1);
    try {
      return await carrier.callback(call);
    } finally {
      this.#underWay.set(carrierId, (this.#underWay.get(carrierId) ?? 1) - 1);
    }
  }
}
