import { array, assert, constantFrom, dictionary, oneof, property, string, stringMatching, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactedFields, redactedName } from '../../server/domain/redaction.ts';

const seed = 20260115;

describe('the input of an operation', () => {
  test.each<[string, unknown, string]>([
    [
      'names and words of the box',
      { kind: 'modem', name: 'Office', enabled: true },
      'kind=modem name=Office enabled=true',
    ],
    [
      'secrets',
      { password: 'correct horse', pin: '0123', code: 'K7QX' },
      'password=(hidden) pin=(hidden) code=(hidden)',
    ],
    ['the password that is replaced', { current: 'old one' }, 'current=(hidden)'],
    ['texts', { text: 'Your code is 1234' }, 'text=(17 characters)'],
    ['numbers', { to: ['0812345678', '+66 81 999 9999'] }, 'to=66812***678,66819***999'],
    [
      'many numbers',
      { numbers: Array.from({ length: 7 }, (_, n) => `6681234567${n}`) },
      'numbers=66812***670,66812***671,66812***672,66812***673,66812***674,… (7)',
    ],
    ['a list of texts', { items: ['one', 'two'] }, 'items=(2 items)'],
    [
      'times and ids',
      { at: '2026-01-15T10:35:00.000Z', uuid: '01890a5d-ac96-774b-bcce-b302099a8057' },
      'at=2026-01-15T10:35:00.000Z uuid=01890a5d-ac96-774b-bcce-b302099a8057',
    ],
    [
      'an address, of which a path may be a key',
      { url: 'https://user:pw@hooks.example:8443/services/T0/B1?x=y' },
      'url=hooks.example:8443',
    ],
    ['amounts, also large ones', { amount: -12_345_678 }, 'amount=-12345678'],
    ['nothing for what is left out', { name: 'A', note: undefined, until: null }, 'name=A until=null'],
    ['a group of fields', { quota: { perDay: 5, note: 'mine' } }, 'quota.perDay=5 quota.note=(4 characters)'],
    ['a group by keys of callers', { variables: { '0812345678': { name: 'A' } } }, 'variables=(1 fields)'],
    ['a name with a number in it', { name: 'Somchai 081-234-5678' }, 'name=Somchai …'],
    ['a name that would break the line', { name: 'a\nb\u202e' }, 'name=a b '],
  ])('%s', (_what, input, expected) => {
    expect(redactedFields(input)).toBe(expected);
  });

  test.each<[string, string]>([
    ['AT+CPIN="1234"', 'AT+CPIN…'],
    ['at+cpin?', 'AT+CPIN?'],
    ['AT+CSCA=?', 'AT+CSCA=?'],
    ['AT', 'AT'],
    ['ATD0812345678;', 'ATD…'],
    ['AT+CUSD=1,"*121#"', 'AT+CUSD…'],
    ['hello 1234', '…'],
  ])('an AT command without what it sets: %s', (line, expected) => {
    expect(redactedFields({ line }, { line: 'command' })).toBe(`line=${expected}`);
  });

  test.each<[string, string]>([
    ['*121#', '*121#'],
    ['*123*1234567890#', '*123*…#'],
    ['4321', '…'],
    ['my secret', '(9 characters)'],
  ])('a code that was dialled: %s', (code, expected) => {
    expect(redactedFields({ code }, { code: 'dialled' })).toBe(`code=${expected}`);
  });

  test('fields as their operation has them written', () => {
    expect(redactedFields({ name: 'Somchai', key: 'a' }, { name: 'hidden', key: 'shown' })).toBe('name=(hidden) key=a');
  });

  test('no more than fits', () => {
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, true]));
    expect(redactedFields(wide)).toMatch(/f19=true \(10 more fields\)$/u);
    expect(redactedFields({ name: 'x'.repeat(200) })).toBe(`name=${'x'.repeat(79)}…`);
  });

  test('whatever it is, shows no secret, no text and no whole number', () => {
    const digits = stringMatching(/^(?:0|66|\+66 ?)[689]\d[ -]?\d{3}[ -]?\d{4}$/u);
    const secretNames = constantFrom('password', 'pin', 'apiKey', 'secret', 'token', 'code', 'simPin', 'authorization');
    const textNames = constantFrom('text', 'message', 'note', 'reason', 'template', 'body', 'q');
    const secret = string({ minLength: 6 }).map((tail) => `canary${tail}`);
    assert(
      property(
        dictionary(oneof(secretNames, textNames), oneof(secret, array(secret, { maxLength: 3 })), { maxKeys: 6 }),
        tuple(constantFrom('name', 'to', 'numbers', 'path', 'host', 'anything'), digits),
        (hidden, [name, number]) => {
          const line = redactedFields({ ...hidden, [name]: number, deep: { ...hidden, [name]: [`x ${number} y`] } });
          expect(line).not.toContain('canary');
          expect(line.replaceAll(/[^\d]/gu, '')).not.toContain(number.replaceAll(/\D/gu, '').slice(-9));
        },
      ),
      { seed, numRuns: 500 },
    );
  });
});

test('a name of a thing is shown, a number masked', () => {
  expect(['Main', '3', '66812345678', '01890a5d-ac96-774b-bcce-b302099a8057'].map(redactedName)).toEqual([
    'Main',
    '3',
    '66812***678',
    '01890a5d-ac96-774b-bcce-b302099a8057',
  ]);
});
