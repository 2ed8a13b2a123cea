import { describe, expect, it } from 'vitest';
import { choiceOf, specsOf } from '../../renderer/features/carriers/field-specs.ts';
import { changed, faultsOf, valuesFrom, wanted } from '../../renderer/features/carriers/field-values.ts';
import { choices, kindOf } from '../../renderer/features/carriers/choices.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { carrierAdd, carrierChange, carrierFields } from '../../server/contract/carrier-forms.ts';

const t = translator('en', en);
/** Said by the choice itself, asked for beside the fields, or chosen from the modems that are plugged in. */
const elsewhere = ['kind', 'name', 'provider', 'imei', 'path', 'usbSerial', 'baudRate'];

describe('the fields of carriers', () => {
  it.each(['modem', 'smpp', 'upstream', 'simulator'] as const)('are all that the box knows of a %s', (kind) => {
    const asked = new Set(choices.filter((one) => kindOf(one) === kind).flatMap((one) => specsOf(one)));
    const names = new Set([...asked].map(({ name }) => name));
    expect(names).toEqual(new Set(carrierFields[kind].filter((name) => !elsewhere.includes(name))));
  });

  it('are left out of a new carrier where they are empty or usual', () => {
    const specs = specsOf('smpp');
    const values = { ...valuesFrom(specs), host: ' smpp.example.com ', systemId: 'shop', password: ' p ', window: '5' };
    const body = { kind: 'smpp', ...wanted(specs, values) };
    expect(body).toEqual({
      kind: 'smpp',
      host: 'smpp.example.com',
      port: 2775,
      systemId: 'shop',
      password: ' p ',
      window: 5,
    });
    expect(carrierAdd.safeParse(body).success).toBe(true);
    expect(faultsOf({ specs, values, body, schema: carrierAdd, t })).toEqual({});
  });

  it('say what is wrong, each at its place', () => {
    const specs = specsOf('smpp');
    const values = { ...valuesFrom(specs), port: '70000', systemId: 'shop', password: 'x' };
    const body = { kind: 'smpp', ...wanted(specs, values) };
    expect(faultsOf({ specs, values, body, schema: carrierAdd, t })).toEqual({
      host: 'Fill this in.',
      port: 'A number from 1 to 65535',
    });
  });

  it('tell where in the description of a provider something is wrong, and that a text is none', () => {
    const specs = specsOf('custom');
    const faults = (mapping: string) => {
      const values = { ...valuesFrom(specs), mapping };
      const body = { kind: 'upstream', provider: 'custom', ...wanted(specs, values) };
      return faultsOf({ specs, values, body, schema: carrierAdd, t })['mapping'];
    };
    expect(faults('{"name":"X","send":{"request":{"method":"PATCH","url":"https://x.example"}}}')).toMatch(
      /^This is no description of a provider\. \(send\.request\.method: /u,
    );
    expect(faults('{')).toBe('This is no description of a provider.');
  });

  it('change only what differs: emptied ones are taken away or go back to usual, secrets stay unless they are given', () => {
    const specs = specsOf('smpp');
    const known = { host: 'a', port: 2775, systemId: 'shop', window: 20, partsPerSecond: 5, tls: true, sourceTon: 5 };
    const saved = valuesFrom(specs, known);
    expect(changed(specs, saved, saved)).toEqual({});
    const values = { ...saved, partsPerSecond: '', sourceTon: '', window: '', tls: false, host: 'b' };
    const change = changed(specs, values, saved);
    expect(change).toEqual({ partsPerSecond: null, sourceTon: null, window: 10, tls: false, host: 'b' });
    expect(carrierChange.safeParse({ kind: 'smpp', ...change }).success).toBe(true);
    expect(changed(specs, { ...saved, password: 'new' }, saved)).toEqual({ password: 'new' });
    const modem = specsOf('modem');
    expect(changed(modem, { ...valuesFrom(modem), pin: false }, valuesFrom(modem))).toEqual({ pin: null });
  });

  it('are those of the provider that a carrier was added with', () => {
    expect(choiceOf('upstream', 'vonage')).toBe('vonage');
    expect(choiceOf('upstream', undefined)).toBe('sepsms');
    expect(choiceOf('modem', undefined)).toBe('modem');
    expect(specsOf('twilio').map(({ name }) => name)).not.toContain('url');
  });
});
