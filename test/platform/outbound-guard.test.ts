import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutboundGuard } from '../../server/platform/outbound-guard.ts';
import type { OutboundGuardOptions } from '../../server/platform/outbound-guard.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const fixed = { seed: 20260115, numRuns: 300 };

interface World {
  readonly names?: Readonly<Record<string, readonly string[]>>;
  readonly listed?: readonly string[];
  readonly own?: readonly string[];
}

function guardIn({ names = {}, listed = [], own = ['192.168.1.10'] }: World, more: Partial<OutboundGuardOptions> = {}) {
  return new OutboundGuard({
    clock: new ManualClock(),
    isAllowedHost: (host) => listed.includes(host),
    ownPorts: () => [8080],
    ownAddresses: () => own,
    resolve: async (host) => {
      const found = names[host];
      if (found === undefined) throw new Error('ENOTFOUND');
      return found;
    },
    ...more,
  });
}

const lan = { 'erp.lan': ['192.168.1.20'], 'hook.example': ['93.184.216.34'], 'own.lan': ['192.168.1.10'] };

/** Spellings of 169.254.b.c, the network of metadata services. */
function forms(b: number, c: number): readonly string[] {
  const whole = ((169 * 256 + 254) * 256 + b) * 256 + c;
  return [
    String(whole),
    `0x${whole.toString(16)}`,
    `0251.0376.${b}.${c}`,
    `169.254.${b * 256 + c}`,
    `[::ffff:169.254.${b}.${c}]`,
    `[64:ff9b::169.254.${b}.${c}]`,
    `169.254.${b}.${c}.`,
  ];
}

describe('the outbound guard', () => {
  it.each([
    ['https to a public address', 'https://hook.example/x', [], 'clear'],
    ['a trailing dot', 'https://hook.example./x', [], 'clear'],
    ['plain http to a public address', 'http://hook.example/x', [], 'refused'],
    ['plain http to a listed public host', 'http://hook.example/x', ['hook.example'], 'clear'],
    ['https into the LAN', 'https://erp.lan/x', [], 'refused'],
    ['https to a listed LAN host', 'https://erp.lan/x', ['erp.lan'], 'clear'],
    ['plain http to a listed LAN host', 'http://ERP.lan.:9000/x', ['erp.lan'], 'clear'],
    ['a listed loopback address', 'http://127.0.0.1:9000/', ['127.0.0.1'], 'clear'],
    ['a listed IPv6 loopback address', 'http://[::1]:9000/', ['::1'], 'clear'],
    ['the box by loopback, though listed', 'http://127.0.0.1:8080/', ['127.0.0.1'], 'refused'],
    ['the box by another loopback address', 'http://127.9.9.9:8080/', ['127.9.9.9'], 'refused'],
    ['the box by IPv6 loopback', 'http://[::1]:8080/', ['::1'], 'refused'],
    ['the box by its LAN address, though listed', 'https://own.lan:8080/', ['own.lan'], 'refused'],
    ['the box by its address behind NAT64', 'https://[64:ff9b::c0a8:10a]:8080/', ['64:ff9b::c0a8:10a'], 'refused'],
    ['the box by its mapped address', 'https://[::ffff:192.168.1.10]:8080/', ['::ffff:c0a8:10a'], 'refused'],
    ['another service on this machine', 'https://own.lan:9000/', ['own.lan'], 'clear'],
    ['a metadata address, though listed', 'http://169.254.169.254/', ['169.254.169.254'], 'refused'],
    ['the unspecified address, though listed', 'http://0.0.0.0/', ['0.0.0.0'], 'refused'],
    ['the unspecified address in short', 'http://0/', ['0.0.0.0'], 'refused'],
    ['the unspecified IPv6 address, though listed', 'http://[::]/', ['::'], 'refused'],
    ['a unique local address', 'https://[fd00::7]/', [], 'refused'],
    ['a listed unique local address', 'https://[fd00::7]/', ['fd00::7'], 'clear'],
    ['a link-local address, though listed', 'https://[fe80::7]/', ['fe80::7'], 'refused'],
    ['loopback in decimal', 'https://2130706433/', [], 'refused'],
    ['the box by loopback in octal', 'http://0177.0.0.1:8080/', ['127.0.0.1'], 'refused'],
    ['an unknown name', 'https://nowhere.example/', [], 'unresolved'],
  ])('%s', async (_what, url, listed, kind) => {
    expect((await guardIn({ names: lan, listed }).vet(url)).kind).toBe(kind);
  });

  it('refuses a name that leads anywhere forbidden, whatever else it leads to', async () => {
    const bad = [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      '::ffff:10.0.0.1',
      '224.0.0.1',
      '0.0.0.0',
      'not-an-address',
    ];
    for (const address of bad) {
      for (const addresses of [[address], ['93.184.216.34', address]]) {
        const verdict = await guardIn({ names: { 'evil.example': addresses } }).vet('https://evil.example/');
        expect([address, verdict.kind]).toEqual([address, 'refused']);
      }
    }
  });

  it('lets no spelling of a forbidden address through, not even listed under that spelling', async () => {
    const byte = fc.integer({ min: 0, max: 255 });
    await fc.assert(
      fc.asyncProperty(byte, byte, async (b, c) => {
        for (const host of forms(b, c)) {
          const guard = guardIn({}, { isAllowedHost: () => true });
          expect([host, (await guard.vet(`http://${host}/latest`)).kind]).toEqual([host, 'refused']);
        }
      }),
      fixed,
    );
  });

  it('clears only what it can name the addresses of, and those are never forbidden', async () => {
    const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());
    await fc.assert(
      fc.asyncProperty(fc.array(anyAddress, { minLength: 1, maxLength: 4 }), async (addresses) => {
        const verdict = await guardIn({ names: { 'any.example': addresses } }).vet('https://any.example/');
        if (verdict.kind !== 'clear') return;
        expect(verdict.addresses).toEqual(addresses);
        for (const address of addresses) {
          expect(address).not.toMatch(/^(0|10|127|169\.254|192\.168|22[4-9]|23\d|24\d|25\d)\.|^f[cdef]|^::(?!ffff:)/i);
        }
      }),
      fixed,
    );
  });

  it('looks a name up anew for a later attempt, so that a name that moved inside is caught', async () => {
    const clock = new ManualClock();
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    let asked = 0;
    const resolve = async (): Promise<readonly string[]> => answers[Math.min(asked++, 1)] ?? [];
    const guard = guardIn({}, { clock, resolve });
    const burst = await Promise.all([1, 2, 3].map(() => guard.vet('https://rebind.example/')));
    expect(burst.map((verdict) => verdict.kind)).toEqual(['clear', 'clear', 'clear']);
    expect(asked).toBe(1);
    await clock.advance(1000);
    expect((await guard.vet('https://rebind.example/')).kind).toBe('refused');
  });

  it('gives a resolver that does not answer five seconds', async () => {
    const clock = new ManualClock();
    const guard = guardIn({}, { clock, resolve: () => new Promise(() => {}) });
    const verdict = guard.vet('https://slow.example/');
    await clock.advance(5000);
    expect(await verdict).toMatchObject({ kind: 'unresolved', reason: expect.stringContaining('5000 ms') });
    expect(clock.timers).toBe(0);
  });

  it('asks by the system when no resolver is given', async () => {
    const guard = new OutboundGuard({ clock: new ManualClock(), isAllowedHost: () => false, ownPorts: () => [] });
    expect((await guard.vet('https://localhost/')).kind).toBe('refused');
  });
});
