import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lookAtUdevRules } from '../../server/cli/doctor/modem-probes.ts';
import { usbModems } from '../../server/carriers/modem/usb/usb-table.ts';
import { testFolder } from '../fakes/box.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'linux', '99-sepsms-box.rules');
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

describe('the rules for udev', () => {
  test('are read by doctor as those of the box, with every maker and model of its table', async () => {
    const root = testFolder();
    const folder = join(root, 'etc', 'udev', 'rules.d');
    mkdirSync(folder, { recursive: true });
    cpSync(file, join(folder, '99-sepsms-box.rules'));
    const found = await lookAtUdevRules({ root });
    expect(found?.installed).toBe(true);
    const ignored = found?.ignored ?? new Set<string>();
    const left = usbModems.filter(({ usb }) => !ignored.has(usb) && !ignored.has(usb.slice(0, 4)));
    expect(left.map(({ usb, name }) => `${usb} ${name}`)).toEqual([]);
  });

  test('say the same of the device and of its ports, in lines that udev reads', () => {
    const ids = (kind: 'ATTR' | 'ATTRS') =>
      lines.flatMap((line) => {
        const vendor = new RegExp(`${kind}\\{idVendor\\}=="(\\w{4})"`, 'u').exec(line)?.[1];
        const product = new RegExp(`${kind}\\{idProduct\\}=="(\\w{4})"`, 'u').exec(line)?.[1];
        return vendor === undefined ? [] : [`${vendor}:${product ?? ''}`];
      });
    expect(ids('ATTR')).toEqual(ids('ATTRS'));
    expect(new Set(ids('ATTR')).size).toBe(ids('ATTR').length);
    const term = /^(?:[A-Z]+|[A-Z]+\{\w+\})(?:==|=|\+=|!=)"[^"]*"$/u;
    for (const line of lines) {
      const terms = line.split(/,\s*(?=[A-Z])/u);
      expect(
        terms.filter((each) => !term.test(each)),
        line,
      ).toEqual([]);
    }
    for (const line of lines.filter((each) => each.includes('SUBSYSTEM=="tty"')))
      expect(line).toContain('GROUP="dialout", MODE="0660"');
  });
});
