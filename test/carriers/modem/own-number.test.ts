import { expect, test } from 'vitest';
import { ok } from '../../fakes/scripted-modem.ts';
import { readyRig } from './rig.ts';

test.each<[string, string, string | null]>([
  ['with a name', ok('+CNUM: "My number","+66812345678",145'), '+66812345678'],
  ['in national form', ok('+CNUM: ,"0812345678",129'), '0812345678'],
  ['several, the first', ok('+CNUM: "","+66812345678",145\r\n+CNUM: "","+66899999999",145'), '+66812345678'],
  ['none', ok(), null],
  ['an empty one', ok('+CNUM: "","",129'), null],
  ['not to be had', '\r\n+CME ERROR: 22\r\n', null],
])('the number on the SIM: %s', async (_what, answer, msisdn) => {
  const { carrier } = await readyRig({ 'AT+CNUM': answer });
  expect(carrier.status()).toMatchObject({ state: 'ready', facts: { msisdn } });
});
