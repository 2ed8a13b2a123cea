import { describe, expect, test } from 'vitest';
import { Terminal } from './terminal.ts';

describe('the command line', () => {
  test('AT answers OK in the verbose form', async () => {
    const terminal = new Terminal();
    await terminal.type('AT\r');
    expect(await terminal.read()).toBe('\r\nOK\r\n');
  });

  test.each(['at\r', 'At\r\n', '\x1bAT\r', 'noiseAT\r', 'AX\bT\r'])('%j is AT', async (typed) => {
    const terminal = new Terminal();
    await terminal.type(typed);
    expect(await terminal.lines()).toEqual(['OK']);
  });

  test('a line without AT gets no answer', async () => {
    const terminal = new Terminal();
    expect(await terminal.ask('hello')).toEqual([]);
    expect(await terminal.ask('')).toEqual([]);
  });

  test.each(['AT+UNKNOWN', 'AT+UNKNOWN=1', 'ATX', 'AT+', 'AT=', 'AT+CGMI,', 'AT+TOSTRING', 'AT+CMGS', 'ATE7'])(
    '%s is ERROR',
    async (command) => {
      expect(await new Terminal().ask(command)).toEqual(['ERROR']);
    },
  );

  test('an endless line is ERROR, and the next one works', async () => {
    const terminal = new Terminal();
    expect(await terminal.ask(`AT${'E0'.repeat(5000)}`)).toEqual(['ERROR']);
    expect(await terminal.ask('AT')).toEqual(['OK']);
  });

  test('commands in one line answer in order with one final result, and stop at the first error', async () => {
    const terminal = new Terminal();
    expect(await terminal.ask('ATE0V1Q0+CMEE=1;+CGMI;+CGSN')).toEqual(['SEPSMS', '350000000000017', 'OK']);
    expect(await terminal.ask('AT+CGMI;+NONE;+CGSN')).toEqual(['SEPSMS', 'ERROR']);
  });

  test('ATE1 echoes, ATE0 stops it', async () => {
    const terminal = new Terminal({ profile: { echoAtBoot: true } });
    await terminal.type('ATE0\r');
    expect(await terminal.read()).toBe('ATE0\r\r\nOK\r\n');
    await terminal.type('ATE1\r');
    expect(await terminal.read()).toBe('\r\nOK\r\n');
    await terminal.type('AT\r');
    expect(await terminal.read()).toBe('AT\r\r\nOK\r\n');
  });

  test('ATV0 answers in digits, ATQ1 not at all, ATZ restores both', async () => {
    const terminal = new Terminal();
    await terminal.type('ATV0\r');
    expect(await terminal.read()).toBe('0\r');
    await terminal.type('AT+NONE\r');
    expect(await terminal.read()).toBe('4\r');
    await terminal.type('ATQ1\r');
    expect(await terminal.read()).toBe('');
    await terminal.type('ATZ\r');
    expect(await terminal.read()).toBe('\r\nOK\r\n');
  });

  test('bytes that come while a command runs are kept for afterwards', async () => {
    const terminal = new Terminal();
    await terminal.type('AT+COPS=?\r');
    await terminal.type('AT+CGMI\r');
    expect(await terminal.lines(29_000)).toEqual([]);
    expect(await terminal.lines(2_000)).toEqual([
      '+COPS: (2,"SIM Thailand","SIM Thailand","52099",7),,(0-4),(0-2)',
      'OK',
      'SEPSMS',
      'OK',
    ]);
  });
});

describe('identity and settings', () => {
  test.each([
    ['AT+CGMI', ['SEPSMS', 'OK']],
    ['AT+CGMM', ['Simulated Modem', 'OK']],
    ['AT+CGMR', ['SIM-1.0', 'OK']],
    ['AT+CGSN', ['350000000000017', 'OK']],
    ['ATI', ['Manufacturer: SEPSMS', 'Model: Simulated Modem', 'Revision: SIM-1.0', 'IMEI: 350000000000017', 'OK']],
    ['AT+CIMI', ['520990000000001', 'OK']],
    ['AT+CCID', ['+CCID: 8966990000000000017', 'OK']],
    ['AT^ICCID?', ['^ICCID: 8966990000000000017', 'OK']],
    ['AT+CNUM', ['+CNUM: "","+66800000001",145', 'OK']],
    ['AT+CPIN?', ['+CPIN: READY', 'OK']],
    ['AT+CREG?', ['+CREG: 0,1', 'OK']],
    ['AT+CEREG?', ['+CEREG: 0,1', 'OK']],
    ['AT+CGREG?', ['+CGREG: 0,1', 'OK']],
    ['AT+CSQ', ['+CSQ: 22,0', 'OK']],
    ['AT+COPS?', ['+COPS: 0,0,"SIM Thailand",7', 'OK']],
    ['AT+COPS=3,2;+COPS?', ['+COPS: 0,2,"52099",7', 'OK']],
    ['AT+CSCS="GSM";+CSCS?', ['+CSCS: "GSM"', 'OK']],
    ['AT+CFUN?', ['+CFUN: 1', 'OK']],
    ['AT+CMEE?', ['+CMEE: 0', 'OK']],
    ['AT+CMGF?', ['+CMGF: 0', 'OK']],
    ['AT+CSMS=?', ['+CSMS: (0,1)', 'OK']],
    ['AT+CSMS=1', ['+CSMS: 1,1,1', 'OK']],
    ['AT+CSCA?', ['+CSCA: "+66800000000",145', 'OK']],
    ['AT+CSCA="+66811111111";+CSCA?', ['+CSCA: "+66811111111",145', 'OK']],
    ['AT+CNMI=?', ['+CNMI: (0-2),(0-2),(0),(0-2),(0-1)', 'OK']],
    ['AT+CNMI=2,1,0,1,0;+CNMI?', ['+CNMI: 2,1,0,1,0', 'OK']],
    ['AT+CMMS=1;+CMMS?', ['+CMMS: 1', 'OK']],
    ['AT+CPMS=?', ['+CPMS: ("SM","ME","SR"),("SM","ME"),("SM","ME")', 'OK']],
  ])('%s', async (command, answer) => {
    expect(await new Terminal().ask(command)).toEqual(answer);
  });

  test('AT+CMEE chooses the form of errors', async () => {
    const terminal = new Terminal();
    terminal.modem.faults.simRemoved = true;
    expect(await terminal.ask('AT+CIMI')).toEqual(['+CPIN: NOT INSERTED', 'ERROR']);
    expect(await terminal.ask('AT+CMEE=1;+CIMI')).toEqual(['+CME ERROR: 10']);
    expect(await terminal.ask('AT+CMEE=2;+CIMI')).toEqual(['+CME ERROR: SIM not inserted']);
    expect(await terminal.ask('AT+CSCA?')).toEqual(['+CMS ERROR: SIM not inserted']);
  });

  test('AT+CNMI refuses what the profile does not take, whatever it lists', async () => {
    const cnmi = { mode: [1, 2], mt: [0, 1], bm: [0], ds: [0, 2], bfr: [1] };
    const terminal = new Terminal({ profile: { cnmi, cnmiListed: { ...cnmi, ds: [0, 1, 2] } } });
    expect(await terminal.ask('AT+CNMI=?')).toEqual(['+CNMI: (1-2),(0-1),(0),(0-2),(1)', 'OK']);
    expect(await terminal.ask('AT+CNMI=2,1,0,1,1')).toEqual(['+CMS ERROR: 302']);
    expect(await terminal.ask('AT+CNMI=2,1,0,2,1')).toEqual(['OK']);
    expect(await terminal.ask('AT+CNMI=2,1')).toEqual(['OK']);
  });

  test('AT+CFUN=4 loses the network, AT+CFUN=1 finds it again, AT+CREG=1 tells', async () => {
    const terminal = new Terminal();
    await terminal.ask('AT+CREG=1');
    expect(await terminal.ask('AT+CFUN=4')).toEqual(['OK', '+CREG: 0']);
    expect(await terminal.ask('AT+CSQ;+COPS?')).toEqual(['+CSQ: 99,99', '+COPS: 0', 'OK']);
    expect(await terminal.ask('AT+CFUN=1')).toEqual(['OK', '+CREG: 1']);
  });

  test('AT+CFUN=1,1 forgets every setting and says when it is back', async () => {
    const terminal = new Terminal({ profile: { textModeAtBoot: true } });
    await terminal.ask('AT+CMGF=0;+CNMI=2,1,0,1,0;+CPMS="ME","ME","ME";+CMEE=1');
    expect(await terminal.ask('AT+CFUN=1,1')).toEqual(['OK']);
    expect(await terminal.ask('AT')).toEqual([]);
    expect(await terminal.lines(500)).toEqual(['RDY', '+CPIN: READY']);
    expect(await terminal.ask('AT+CPMS?')).toEqual(['+CMS ERROR: 314']);
    expect(await terminal.lines(500)).toEqual(['SMS Ready']);
    expect(await terminal.ask('AT+CMGF?;+CNMI?;+CMEE?;+CPMS?')).toEqual([
      '+CMGF: 1',
      '+CNMI: 0,0,0,0,0',
      '+CMEE: 0',
      '+CPMS: "SM",0,30,"SM",0,30,"SM",0,30',
      'OK',
    ]);
  });

  test('a modem that enumerates anew closes its port at a reset', async () => {
    const terminal = new Terminal({ profile: { resetClosesPort: true } });
    await terminal.ask('AT+CFUN=1,1');
    expect(terminal.closedBecause).toBe('the modem restarts');
    expect(() => terminal.open()).toThrow('not plugged in');
    await terminal.clock.advance(1_000);
    terminal.open();
    expect(await terminal.ask('AT')).toEqual(['OK']);
  });

  test('USSD answers after OK, in UCS-2 where the text needs it', async () => {
    const terminal = new Terminal();
    expect(await terminal.ask('AT+CUSD=1,"*101#",15', 300)).toEqual([
      'OK',
      '+CUSD: 0,"Balance 100.00 THB, valid until 31/12/2099",15',
    ]);
    const [, thai] = await terminal.ask('AT+CUSD=1,"*121#",15', 300);
    expect(thai).toMatch(/^\+CUSD: 0,"0E220E2D0E14[0-9A-F]+",72$/);
    expect(await terminal.ask('AT+CUSD=1,"*999#",15', 300)).toEqual(['OK', '+CUSD: 4']);
    expect((await terminal.ask('AT+CUSD=1,"*123#"', 300))[1]).toBe('+CUSD: 1,"1 Balance');
    expect(await terminal.ask('AT+CUSD=1,"1"', 300)).toEqual(['OK', '+CUSD: 0,"Balance 100.00 THB",15']);
    expect(await terminal.ask('AT+CUSD=2')).toEqual(['OK']);
    const ucs2 = '002A0031003000310023';
    expect((await terminal.ask(`AT+CSCS="UCS2";+CUSD=1,"${ucs2}",15`, 300))[1]).toContain('Balance');
  });
});
