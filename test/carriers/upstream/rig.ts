import { onTestFinished } from 'vitest';
import type { KindWorld } from '../../../server/carrier-kinds/kind.ts';
import { upstreamKind } from '../../../server/carrier-kinds/upstream-kind.ts';
import type {
  Carrier,
  CarrierCall,
  CarrierHost,
  DeliveryReport,
  InboundPart,
  Submission,
} from '../../../server/domain/carrier.ts';
import type { Random } from '../../../server/domain/ports.ts';
import { KeyRing } from '../../../server/platform/crypto.ts';
import { OutboundGuard } from '../../../server/platform/outbound-guard.ts';
import { ProviderClient } from '../../../server/platform/provider-client.ts';
import { quiet } from '../../fakes/box.ts';
import { ManualClock, settle } from '../../fakes/manual-clock.ts';
import { noProviders } from '../../fakes/no-providers.ts';
import { WebhookSink } from '../../fakes/webhook-sink.ts';

export const boxId = 'b0b0b0b0b0b0b0b0';
export const phone = '66812345678';
const keys = new KeyRing(new Uint8Array(32).fill(7));
const steady: Random = { bytes: (n) => new Uint8Array(n), fraction: () => 0 };

/** A carrier of the kind `upstream` as the box makes it, with a provider at the other end of the wire. */
export class UpstreamRig {
  readonly clock = new ManualClock();
  readonly sink: WebhookSink;
  readonly reports: DeliveryReport[] = [];
  readonly inbound: InboundPart[] = [];
  readonly carrier: Carrier;
  /** What the host does with a report before it is noted. */
  onReport: () => Promise<void> = () => Promise.resolve();
  readonly client: ProviderClient;
  #changed: (() => void)[] = [];

  constructor(sink: WebhookSink, config: Readonly<Record<string, unknown>>) {
    const { clock } = this;
    this.sink = sink;
    const guard = new OutboundGuard({ clock, isAllowedHost: () => true, ownPorts: () => [] });
    this.client = new ProviderClient({ clock, guard, userAgent: 'SEPSMS-Box/test' });
    const host: CarrierHost = {
      report: async (report) => {
        await this.onReport();
        this.reports.push(report);
      },
      inbound: (part) => {
        this.inbound.push(part);
        return Promise.resolve();
      },
      changed: () => {
        for (const wake of this.#changed.splice(0)) wake();
      },
    };
    const sealed = Object.fromEntries(
      upstreamKind.secrets.flatMap((field) => {
        const value = config[field];
        return typeof value === 'string' ? [[field, keys.seal(value)]] : [];
      }),
    );
    const resting = upstreamKind.resting.parse({ ...config, ...sealed });
    const record = { id: 3, name: 'Up', kind: 'upstream', config: '', enabled: 1, paused_at: null } as const;
    this.carrier = upstreamKind.create(record, resting, host, {
      ...noProviders,
      // This kind asks nothing of the store, nor for modems.
      store: {} as KindWorld['store'],
      modems: {} as KindWorld['modems'],
      sealer: keys,
      clock,
      random: steady,
      log: quiet,
      boxId: () => boxId,
      askProvider: this.client.ask,
    });
  }

  /** Starts it and waits until it has looked at its provider. */
  async start(): Promise<void> {
    await this.carrier.start();
    await this.state((state) => state !== 'starting');
  }

  /** Waits until its state is one that `holds`. */
  async state(holds: (state: string) => boolean): Promise<void> {
    while (!holds(this.carrier.status().state)) {
      await new Promise<void>((resolve) => {
        this.#changed.push(resolve);
      });
    }
  }

  /** Turns the clock and lets what then begins reach the provider: `requests` more than before. */
  async pass(ms: number, requests = 0): Promise<void> {
    const { length } = this.sink.posts;
    await this.clock.advance(ms);
    await this.sink.arrivals(length + requests);
  }
}

/** The carrier of a configuration, not started; its provider's address, with a path behind it, goes into `url`. */
export async function rig(config: Readonly<Record<string, unknown>> = {}, path = ''): Promise<UpstreamRig> {
  const sink = await WebhookSink.start();
  const made = new UpstreamRig(sink, { url: `http://127.0.0.1:${sink.port}${path}`, key: 'sk_sep_1', ...config });
  onTestFinished(async () => {
    const stopped = made.carrier.stop();
    await settle();
    await made.clock.advance(10_000);
    await stopped;
    await made.client.close();
    await sink.close();
  });
  return made;
}

let submissions = 0;

export function submission(fields: Partial<Submission> = {}): Submission {
  submissions += 1;
  const handedAt = Date.UTC(2026, 0, 15, 3, 0, 0);
  return {
    id: submissions,
    msisdn: phone,
    origin: 'SHOP',
    text: 'Hello {name}, สวัสดี "you" & <me> 100% + more',
    encoding: 'ucs2',
    part: 1,
    partCount: 1,
    concatReference: 7,
    lane: 'normal',
    expiresAt: handedAt + 3_600_000,
    handedAt,
    ...fields,
  };
}

/** A call by the provider. */
export function call(
  body: string,
  headers: Readonly<Record<string, string>> = {},
  fields: Partial<CarrierCall> = {},
): CarrierCall {
  return { method: 'POST', query: {}, headers, body: new TextEncoder().encode(body), ...fields };
}
