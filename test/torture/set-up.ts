import { z } from 'zod';
import type { BoxProcess } from './box-process.ts';
import { sender } from './life-plan.ts';

export const startCredits = 10_000_000;

/** Gives a new box its modems, and each account a key, a sender name and credits; returns the keys. */
export async function setUpBox(
  box: BoxProcess,
  options: { readonly modems: readonly string[]; readonly uncertain: 'hold' | 'resend'; readonly accounts: number },
): Promise<string[]> {
  for (const path of options.modems) {
    await box.admin('/carriers', { kind: 'modem', path, uncertain: options.uncertain });
  }
  // The load comes faster than callers may send.
  for (const name of ['limits.sendPerMinute', 'limits.allPerMinute'])
    await box.admin(`/settings/${name}`, { value: 0 }, 'PUT');
  const keys: string[] = [];
  for (let n = 0; n < options.accounts; n += 1) {
    const account = n === 0 ? 'Main' : `Caller ${n}`;
    if (n > 0) await box.admin('/accounts', { name: account });
    await box.admin('/senders', { name: sender, account });
    await box.admin('/credits', { amount: startCredits, account });
    const made = await box.admin('/keys', { name: 'torture', account });
    keys.push(z.object({ key: z.string() }).parse(made).key);
  }
  return keys;
}
