import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, placeholders } from '../../server/domain/template.ts';

const seed = 20260115;

describe('placeholders', () => {
  it.each<[string, string[]]>([
    ['Dear {name}, your code is {code}.', ['name', 'code']],
    ['{a}{b}{a}', ['a', 'b']],
    ['สวัสดีคุณ{ชื่อ} ยอด {จำนวน_เงิน}', ['ชื่อ', 'จำนวน_เงิน']],
    ['{_x1} {X}', ['_x1', 'X']],
    ['{{name}}', ['name']],
    ['{constructor} {__proto__}', ['constructor', '__proto__']],
    ['{} { name } {1a} {a-b} {a.b} {name', []],
    ['no braces', []],
    [`{${'a'.repeat(64)}} {${'b'.repeat(65)}}`, ['a'.repeat(64)]],
  ])('of %j', (text, names) => {
    expect(placeholders(text)).toEqual(names);
  });

  it('takes linear time for hostile texts', () => {
    const begun = performance.now();
    for (const text of ['{'.repeat(200_000), '{a'.repeat(100_000), `{${'a'.repeat(200_000)}`]) placeholders(text);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('fillTemplate', () => {
  it('puts values in and leaves other braces', () => {
    const filled = fillTemplate('Hi {name} {} {1} {{name}} }', { name: 'Nok' });
    expect(filled).toEqual({ text: 'Hi Nok {} {1} {Nok} }' });
  });

  it('puts values in as they are', () => {
    expect(fillTemplate('{a}-{b}', { a: '{b}', b: '$& $1 $$' })).toEqual({ text: '{b}-$& $1 $$' });
  });

  it('takes an empty value', () => {
    expect(fillTemplate('[{a}]', { a: '' })).toEqual({ text: '[]' });
  });

  it('names what is missing, each once', () => {
    expect(fillTemplate('{a} {b} {a} {c}', { c: '1' })).toEqual({ missing: ['a', 'b'] });
  });

  it('does not take what every object has for a value', () => {
    expect(fillTemplate('{constructor}{toString}{__proto__}', {})).toEqual({
      missing: ['constructor', 'toString', '__proto__'],
    });
    const own: Record<string, string> = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    expect(fillTemplate('{__proto__}{constructor}', own)).toEqual({ text: 'xy' });
  });

  it('changes nothing in a text without placeholders', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(placeholders(text).length === 0);
        expect(fillTemplate(text, {})).toEqual({ text });
      }),
      { seed },
    );
  });

  it('puts any value in literally', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ unit: 'binary' }), (before, after, value) => {
        fc.pre(!/[{}]/.test(before + after));
        expect(fillTemplate(`${before}{v}${after}`, { v: value })).toEqual({ text: before + value + after });
      }),
      { seed },
    );
  });
});
