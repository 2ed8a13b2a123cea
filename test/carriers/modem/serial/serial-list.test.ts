import { describe, expect, it } from 'vitest';
import { listSerialPorts, resolvePort } from '../../../../server/carriers/modem/serial/serial-list.ts';
import type { PortSources } from '../../../../server/carriers/modem/serial/serial-list.ts';

const links = new Map([
  ['/dev/serial/by-id/usb-Quectel_EC25_A1B2-if02-port0', '/dev/ttyUSB2'],
  ['/dev/serial/by-id/usb-HUAWEI_HUAWEI_MOBILE-if00-port0', '/dev/ttyUSB4'],
]);

function machine(over: Partial<PortSources> = {}): PortSources {
  return {
    list: () => Promise.reject(new Error('spawn udevadm ENOENT')),
    names: (folder) =>
      Promise.resolve(
        folder === '/dev'
          ? ['null', 'tty0', 'ttyS0', 'ttyUSB2', 'ttyUSB3', 'ttyACM0']
          : [...links.keys()].map((link) => link.replace(`${folder}/`, '')),
      ),
    target: (path) => Promise.resolve(links.get(path) ?? path),
    ...over,
  };
}

const usb = (path: string, serialNumber: string): { readonly path: string; readonly serialNumber: string } => ({
  path,
  serialNumber,
});

describe('listing serial ports', () => {
  it('reads the device files where the driver cannot list', async () => {
    await expect(listSerialPorts(machine())).resolves.toEqual([
      { path: '/dev/ttyACM0' },
      { path: '/dev/ttyUSB2', stableId: '/dev/serial/by-id/usb-Quectel_EC25_A1B2-if02-port0' },
      { path: '/dev/ttyUSB3' },
      { path: '/dev/ttyUSB4', stableId: '/dev/serial/by-id/usb-HUAWEI_HUAWEI_MOBILE-if00-port0' },
    ]);
  });

  it('adds the name that stays to what the driver lists', async () => {
    const sources = machine({ list: () => Promise.resolve([usb('/dev/ttyUSB2', 'A1B2')]) });
    await expect(listSerialPorts(sources)).resolves.toEqual([
      { ...usb('/dev/ttyUSB2', 'A1B2'), stableId: '/dev/serial/by-id/usb-Quectel_EC25_A1B2-if02-port0' },
    ]);
  });

  it('never rejects on this machine', async () => {
    await expect(listSerialPorts()).resolves.toBeInstanceOf(Array);
  });
});

describe('finding the port to open', () => {
  it('takes a path as it is', async () => {
    await expect(resolvePort({ path: '/dev/ttyUSB7' }, machine())).resolves.toBe('/dev/ttyUSB7');
  });

  it('finds the serial number wherever it is plugged in now', async () => {
    for (const path of ['/dev/ttyUSB0', '/dev/ttyUSB5']) {
      const sources = machine({ list: () => Promise.resolve([usb('/dev/ttyUSB9', 'other'), usb(path, 'A1B2')]) });
      await expect(resolvePort({ usbSerial: 'A1B2' }, sources)).resolves.toBe(path);
    }
  });

  it('finds it by the stable name where the driver cannot list', async () => {
    await expect(resolvePort({ usbSerial: 'A1B2' }, machine())).resolves.toBe('/dev/ttyUSB2');
  });

  it('wants the path too where several ports have the number', async () => {
    const sources = machine({ list: () => Promise.resolve([usb('/dev/ttyUSB0', 'X'), usb('/dev/ttyUSB1', 'X')]) });
    await expect(resolvePort({ usbSerial: 'X' }, sources)).rejects.toMatchObject({ code: 'carrier.config_invalid' });
    await expect(resolvePort({ usbSerial: 'X', path: '/dev/ttyUSB1' }, sources)).resolves.toBe('/dev/ttyUSB1');
  });

  it('says that the modem is not plugged in, or not named', async () => {
    await expect(resolvePort({ usbSerial: 'gone' }, machine())).rejects.toThrow('plugged in');
    await expect(resolvePort({}, machine())).rejects.toMatchObject({ code: 'carrier.config_invalid' });
  });
});
