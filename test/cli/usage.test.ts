import { describe, expect, test } from 'vitest';
import { FakeWorld } from './fake-world.ts';

const groups: readonly (readonly [string, readonly string[]])[] = [
  [
    '',
    [
      'serve',
      'demo',
      'doctor',
      'send',
      'status',
      'key',
      'account',
      'credit',
      'order',
      'sender',
      'carrier',
      'webhook',
      'user',
      'setting',
    ],
  ],
  ['key', ['create', 'list', 'revoke']],
  ['account', ['create', 'list', 'set']],
  ['credit', ['add', 'ledger']],
  ['order', ['create', 'list', 'complete', 'reject', 'cancel']],
  ['sender', ['approve', 'list']],
  ['carrier', ['add', 'list', 'enable', 'disable', 'remove']],
  ['carrier add', ['modem', 'simulator']],
  ['webhook', ['add', 'list', 'pause', 'resume', 'rotate', 'test', 'replay', 'remove']],
  ['user', ['create', 'password']],
  ['setting', ['get', 'set']],
];

describe('help', () => {
  test.each(groups)('`%s --help` names its commands on standard output', async (group, commands) => {
    const world = new FakeWorld();
    const args = group === '' ? [] : group.split(' ');
    expect(await world.run(...args, '--help')).toBe(0);
    for (const command of commands) expect(world.stdout).toMatch(new RegExp(`^  ${command} `, 'mu'));
    expect(world.stderr).toBe('');
  });

  test('every command that speaks to the box takes --data and --json', async () => {
    const commands = ['key create', 'key list', 'credit add', 'carrier add modem', 'webhook add', 'send', 'status'];
    for (const command of [...commands, 'setting get', 'user password', 'sender approve', 'account list']) {
      const world = new FakeWorld();
      // oxlint-disable-next-line no-await-in-loop
      await world.run(...command.split(' '), '--help');
      expect(world.stdout).toContain('--data <dir>');
      expect(world.stdout).toContain('--json');
    }
  });

  test('--version prints the version of the box', async () => {
    const world = new FakeWorld();
    expect(await world.run('--version')).toBe(0);
    expect(world.stdout).toBe('1.2.3\n');
  });
});

describe('a wrong command line ends with 2 and one clear line', () => {
  test.each([
    [[], 'Usage: sepsms-box'],
    [['frobnicate'], "sepsms-box: unknown command 'frobnicate'"],
    [['key', 'delete'], "sepsms-box: unknown command 'delete'"],
    [['key', 'list', '--loud'], "sepsms-box: unknown option '--loud'"],
    [['key', 'create'], "sepsms-box: required option '--name <name>' not specified"],
    [['key', 'create', '--name', ' '], 'sepsms-box: --name: must not be empty.'],
    [
      ['key', 'create', '--name', 'a', '--scopes', 'sms:send,fly'],
      'sepsms-box: --scopes: "fly" is none of all, sms:send',
    ],
    [['key', 'create', '--name', 'a', '--rpm', '0'], 'sepsms-box: --rpm: give a whole number from 1 to 1000000.'],
    [['key', 'revoke'], "sepsms-box: missing required argument 'id'"],
    [['key', 'revoke', 'sk_sep_1'], 'sepsms-box: ID: give the number that `list` shows'],
    [['credit', 'add', '1.5'], 'sepsms-box: AMOUNT: give a whole number'],
    [['carrier', 'add', 'modem', '--imei', '12'], 'sepsms-box: --imei: give 14 to 17 digits.'],
    [['carrier', 'add', 'modem', '--path', 'COM5', '--pin', '12'], 'sepsms-box: --pin: give 4 to 8 digits.'],
    [['webhook', 'add', '--url', 'shop', '--events', 'all'], 'sepsms-box: --url: give a whole URL'],
    [
      ['webhook', 'add', '--url', 'http://a/', '--events', 'dr.late'],
      'sepsms-box: --events: "dr.late" is none of all,',
    ],
    [['account', 'set', 'Main'], 'sepsms-box: name what to change: --low-credit, --metered or --suspended.'],
    [['account', 'set', 'Main', '--metered', 'maybe'], 'sepsms-box: --metered: give true or false.'],
    [['order', 'create', '0'], 'sepsms-box: CREDITS: give a whole number from 1'],
    [['order', 'list', '--state', 'lost'], 'sepsms-box: --state:'],
    [['webhook', 'replay', '4'], 'sepsms-box: give either --delivery, or --from'],
    [['webhook', 'replay', '4', '--from', 'noon'], 'sepsms-box: --from: give a time such as'],
    [['user', 'create', 'nid', '--role', 'king'], 'sepsms-box: --role: give one of viewer, operator, admin.'],
    [['send', '--to', ',', '--text', 'a'], 'sepsms-box: --to: name at least one number.'],
    [['setting', 'set', 'limits.sendPerMinute'], "sepsms-box: missing required argument 'value'"],
    [['serve', '--port', 'x'], 'sepsms-box: --port is "x".'],
    [['doctor', '--log-level', 'x'], 'sepsms-box: --log-level is "x".'],
  ])('%j', async (args, line) => {
    const world = new FakeWorld();
    expect(await world.run(...args)).toBe(2);
    expect(world.stderr.split('\n')[0]).toContain(line);
    expect(world.stdout).toBe('');
  });

  test('the command whose help to read is named', async () => {
    const world = new FakeWorld();
    await world.run('carrier', 'add', 'modem', '--imei', '12');
    expect(world.stderr).toContain('See `sepsms-box carrier add modem --help`.');
  });
});
