import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { FakeMachine, quectelStick } from '../fakes/modem-machine.ts';
import { ok, ScriptedModem } from '../fakes/scripted-modem.ts';
import { signIn, UiBench } from './ui-bench.ts';

const imei = '867000000000001';
let bench: UiBench;
let box: RunningServer;
let page: Page;

/** A stick whose SIM wants the PIN 1234, beside one that nobody can use. */
function machineWithModem(): FakeMachine {
  let locked = true;
  const modem = new ScriptedModem({
    'AT+CGMI': ok('Quectel'),
    'AT+CGMM': ok('EC25'),
    'AT+CNMI?': ok('+CNMI: 2,1,0,1,0'),
    'AT+CPIN?': () => ok(locked ? '+CPIN: SIM PIN' : '+CPIN: READY'),
    'AT+CPIN="1234"': () => {
      locked = false;
      return ok();
    },
    'AT+CPIN=': '\r\n+CME ERROR: 16\r\n',
  });
  const machine = new FakeMachine();
  machine.plug(quectelStick('1-2', 0, modem));
  machine.portless = [{ vendorId: '12d1', productId: '14db', location: '1-4', interfaces: [] }];
  return machine;
}

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true, machine: machineWithModem() });
  page = await bench.page(box.address.url);
  await signIn(page, box);
  await page.getByRole('navigation').getByRole('link', { name: 'Carriers', exact: true }).click();
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });
const inMain = (text: string) => page.getByRole('main').getByText(text, { exact: true }).first();

describe('carriers', { timeout: 60_000 }, () => {
  it('a modem is chosen from those that are plugged in, gets its PIN, and sends a test when it is ready', async () => {
    await link('Add a carrier').click();
    await link('Modem with a SIM card').click();
    await page.getByText('SIM wants its PIN', { exact: true }).waitFor();
    await page
      .getByText(/HiLink/u)
      .first()
      .waitFor();
    await button('Add the modem').click();
    await page.getByText('Choose a modem.').waitFor();
    await page.getByRole('radio', { name: /Quectel EC25/u }).check();
    await button('Add the modem').click();
    expect(await page.getByText('This SIM wants its PIN. Without it the modem cannot send.').count()).toBe(2);
    await field('PIN of the SIM').fill('9999');
    await field('Name').fill('Front desk');
    await field('A day').fill('50');
    await button('Add the modem').click();
    await page.getByText(/The SIM refused the PIN that is stored/u).waitFor();
    await button('Enter PIN').click();
    await page.getByRole('dialog').getByLabel('PIN of the SIM', { exact: true }).fill('1234');
    await page.getByRole('dialog').getByRole('button', { name: 'Enter PIN' }).click();
    await field('Phone number').fill('0812345678');
    await button('Send it').click();
    await page.getByRole('status').getByText('Sent', { exact: true }).waitFor();
    await link('Go to the carrier').click();
    await inMain('1 of 50').waitFor();
    await page.getByText(imei).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('a code is dialled and its menu answered, a line goes to the modem, and a simulator fails as it is told', async () => {
    await link('Simulated modem').click();
    await link('Commands').click();
    await field('Code').fill('*123#');
    await button('Dial').click();
    await field('Your answer to the menu').fill('1');
    await button('Answer').click();
    await page.getByText('Balance 100.00 THB').waitFor();
    await field('AT command').fill('AT+CSQ');
    await field('AT command').press('Enter');
    await page.getByText(/\+CSQ: 22/u).waitFor();
    await field('AT command').press('ArrowUp');
    expect(await field('AT command').inputValue()).toBe('AT+CSQ');
    await page.getByRole('switch', { name: 'Unplugged' }).click();
    await link('State').click();
    await page.getByRole('alert').getByText('Out of service: it needs you.').waitFor();
    await link('See its troubles').click();
    await page.getByRole('switch', { name: 'Unplugged' }).click();
    await link('State').click();
    await button('Pause').click();
    await page
      .getByText(/^Paused: it takes no new messages/u)
      .first()
      .waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('an account at an SMSC is added, changed without its password being shown, and removed', async () => {
    await link('Add a carrier').click();
    await link('SMPP account').click();
    await button('Add a carrier').click();
    expect(await page.getByText('Fill this in.').count()).toBe(2);
    await field('Host').fill('127.0.0.1');
    await field('Port').fill('1');
    await field('System ID').fill('shop');
    await field('Password').fill('hunter22');
    await field('Name').fill('Line');
    await button('Add a carrier').click();
    await link('Check the settings').click();
    expect(await field('Password').inputValue()).toBe('');
    await page.getByText('One is stored. Empty: it stays.').waitFor();
    await page.getByText('More settings').click();
    await field('Window').fill('500');
    await button('Save').last().click();
    await page.getByText('A number from 1 to 200; for providers up to 64').waitFor();
    await field('Window').fill('20');
    await button('Save').last().click();
    await page.getByText('Saved').first().waitFor();
    await button('Remove').click();
    await page.getByRole('dialog', { name: 'Remove Line?' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Line is removed').waitFor();
    await page.getByRole('row').filter({ hasText: 'Line' }).waitFor({ state: 'detached' });
    expect(bench.complaints).toEqual([]);
  });

  it('the dashboard tells how it went, each chart with its numbers, and what asks for somebody, as the health dot does', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Dashboard', exact: true }).click();
    const today = page.getByRole('list', { name: 'Today' });
    await today.getByRole('listitem').filter({ hasText: 'Sent today' }).getByText('1', { exact: true }).waitFor();
    await link('7 days').click();
    expect(new URL(page.url()).search).toBe('?period=7d');
    const chart = page.getByRole('figure').filter({ has: page.getByRole('img', { name: /by six hours/u }) });
    await chart.getByRole('button', { name: 'Numbers' }).click();
    const numbers = page.getByRole('group', { name: /by six hours/u });
    expect(await numbers.getByRole('row').count()).toBe(29);
    await page.getByRole('main').getByRole('link', { name: 'Front desk' }).waitFor();
    await page.getByRole('button', { name: /^Health of the box/u }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Front desk', exact: true }).click();
    await inMain('1 of 50').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(bench.complaints).toEqual([]);
  });
});
