import { describe, expect, it } from 'vitest';
import {
  aboutOf,
  auditedOperations,
  fieldValue,
  givenFields,
  outcomeOf,
  pageOfTarget,
} from '../../renderer/features/audit/entry-words.ts';
import { queryOf } from '../../renderer/features/audit/filters.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { isKept, type Route } from '../../server/contract/route.ts';
import { v2Routes } from '../../server/contract/v2.ts';
import { redactedFields } from '../../server/domain/redaction.ts';

const t = translator('en', en);

describe('acts in the audit log', () => {
  it('have words, all of them and no others', () => {
    const overTheApi = Object.entries<Route>(v2Routes)
      .filter(([, route]) => route.access.by === 'session' && isKept(route))
      .map(([name]) => name);
    expect(auditedOperations).toEqual(expect.arrayContaining(overTheApi));
    const told = auditedOperations.map((name) => `audit.did.${name}`);
    const words = Object.keys(en).filter((key) => key.startsWith('audit.did.'));
    expect(told.length).toBeGreaterThan(80);
    // They stand in i18n/*/operations.ts.
    expect(told.filter((key) => !words.includes(key))).toEqual([]);
    expect(words.filter((key) => !told.includes(key))).toEqual([]);
  });

  it.each([
    ['done', 'done'],
    ['unknown', 'unknown'],
    ['failed', 'failed'],
    ['internal.fault', 'failed'],
    ['auth.forbidden', 'refused'],
  ])('that ended %s are shown as %s', (outcome, shown) => {
    expect(outcomeOf({ outcome })).toBe(shown);
  });

  it.each([
    ['carriers/3/enable', '/carriers/3'],
    ['users/viola', '/users/viola'],
    ['users/2', null],
    ['accounts/Night shift', '/accounts/Night%20shift'],
    ['blocklist', null],
    ['contacts/66812***678', null],
    ['links/remove', null],
    ['contacts/7', '/contacts/7'],
    ['contacts/remove-found', null],
    ['groups/2/members', '/contacts/groups/2'],
    ['imports/3/start', '/contacts/imports/3'],
    ['templates/4', '/templates/4'],
  ])('to %s lead to %j', (target, page) => {
    expect(pageOfTarget(target)).toBe(page);
  });
});

describe('what was given', () => {
  it('is told field by field, as it was written down', () => {
    const input = { name: 'Corner shop', kind: 'modem', pin: '4711', smsc: 'a text', tls: true };
    const { fields, more } = givenFields({ operation: 'carrierAdd', detail: redactedFields(input) });
    expect([fields.map(({ name, value }) => [name, fieldValue(value, t)]), more]).toEqual([
      [
        ['name', 'Corner shop'],
        ['kind', 'modem'],
        ['pin', 'hidden'],
        ['smsc', '6 characters'],
        ['tls', 'yes'],
      ],
      0,
    ]);
  });

  it('takes nothing in a name for a field', () => {
    const detail = redactedFields({ name: 'a title=b onerror=c', amount: 5 });
    expect(givenFields({ operation: 'keyCreate', detail }).fields[0]?.value).toBe('a title=b onerror=c amount=5');
    expect(givenFields({ operation: 'carrierTerms', detail: 'quota.day=5 quota.hour=null' }).fields).toEqual([
      { name: 'quota.day', value: '5' },
      { name: 'quota.hour', value: 'null' },
    ]);
  });

  it('says how much of it was left out', () => {
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`field${n}`, n]));
    const { fields, more } = givenFields({ operation: 'webhookRegister', detail: redactedFields(many) });
    expect([fields.length, fields.at(-1), more]).toEqual([20, { name: 'field19', value: '19' }, 5]);
  });

  it('names what was touched where a name was given', () => {
    expect(aboutOf({ operation: 'userCreate', detail: 'name=viola role=viewer', target: 'users/2' })).toBe('viola');
    expect(aboutOf({ operation: 'contactAdd', detail: 'name=(hidden)', target: 'contacts/2' })).toBe('contacts/2');
    expect(aboutOf({ operation: 'signOut', detail: '', target: 'session' })).toBe('session');
  });
});

it('the last day of a range is whole', () => {
  const filters = { user: 'ada', operation: '', from: '2026-02-28', to: '2026-02-28' };
  expect(queryOf(filters)).toEqual({ user: 'ada', from: '2026-02-28', to: '2026-03-01' });
});
