import { describe, expect, it } from 'vitest';
import { lookAround } from '../../../../server/carriers/modem/serial/look-around.ts';
import { surveyMachine } from '../../../../server/carriers/modem/serial/serial-list.ts';
import type { PortSources } from '../../../../server/carriers/modem/serial/serial-list.ts';

const links = new Map([
  ['/dev/serial/by-id/usb-Quectel_EC25_A1B2-if02-port0', '/dev/ttyUSB2'],
  ['/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.2-port0', '/dev/ttyUSB2'],
]);

function machine(over: Partial<PortSources> = {}): PortSources {
  return {
    list: () => Promise.reject(new Error('spawn udevadm ENOENT')),
    names: (folder) => {
      if (folder === '/dev') return Promise.resolve(['null', 'tty0', 'ttyS0', 'ttyUSB2', 'ttyUSB3', 'ttyACM0']);
      const inside = [...links.keys()].filter((link) => link.startsWith(`${folder}/`));
      return Promise.resolve(inside.map((link) => link.slice(folder.length + 1)));
    },
    target: (path) => Promise.resolve(links.get(path) ?? path),
    text: () => Promise.resolve(null),
    ...over,
  };
}

const pathsOf = async (sources: PortSources) => (await surveyMachine(sources)).ports.map((port) => port.path);

describe('where the kernel tells nothing', () => {
  it('reads the device files when the driver cannot list either', async () => {
    await expect(surveyMachine(machine())).resolves.toEqual({
      ports: [
        { path: '/dev/ttyACM0' },
        { path: '/dev/ttyUSB2', stableId: '/dev/serial/by-id/usb-Quectel_EC25_A1B2-if02-port0' },
        { path: '/dev/ttyUSB3' },
      ],
      portless: [],
    });
  });

  it('takes what the names and ids of Windows tell', async () => {
    const list = () =>
      Promise.resolve([
        {
          path: 'COM5',
          manufacturer: 'Quectel',
          vendorId: '2C7C',
          productId: '0125',
          friendlyName: 'Quectel USB AT Port (COM5)',
          pnpId: 'USB\\VID_2C7C&PID_0125&MI_02\\6&1A2B3C&0&0002',
        },
        { path: 'COM6', vendorId: '2C7C', productId: '0125', pnpId: 'USB\\VID_2C7C&PID_0125&MI_03\\6&1A2B3C&0&0003' },
        { path: 'COM1' },
      ]);
    const { ports } = await surveyMachine(machine({ list }));
    expect(ports).toEqual([
      {
        path: 'COM5',
        manufacturer: 'Quectel',
        vendorId: '2c7c',
        productId: '0125',
        label: 'Quectel USB AT Port (COM5)',
        location: '6&1A2B3C&0',
        interfaceNumber: 2,
      },
      { path: 'COM6', vendorId: '2c7c', productId: '0125', location: '6&1A2B3C&0', interfaceNumber: 3 },
      { path: 'COM1' },
    ]);
  });

  it('never rejects on this machine', async () => {
    await expect(lookAround()).resolves.toBeInstanceOf(Array);
    await expect(surveyMachine()).resolves.toMatchObject({ ports: expect.any(Array), portless: expect.any(Array) });
  });
});

/** The files of a Linux machine, from one description a USB device. */
interface Device {
  readonly socket: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly interfaces: Readonly<
    Record<number, { readonly tty?: string; readonly class: string; readonly driver?: string }>
  >;
}

function linux(devices: readonly Device[], stable: Readonly<Record<string, string>> = {}): PortSources {
  const texts = new Map<string, string>();
  const targets = new Map(Object.entries(stable));
  const folders = new Map<string, string[]>([['/sys/class/tty', ['tty0', 'ttyS0']]]);
  const put = (folder: string, name: string): void => {
    folders.set(folder, [...(folders.get(folder) ?? []), name]);
  };
  targets.set('/sys/class/tty/ttyS0/device', '/sys/devices/platform/serial8250');
  for (const link of Object.keys(stable))
    put(link.slice(0, link.lastIndexOf('/')), link.slice(link.lastIndexOf('/') + 1));
  for (const { socket, ids, interfaces } of devices) {
    const folder = `/sys/devices/pci0000:00/0000:00:14.0/usb1/${socket}`;
    const byBus = `/sys/bus/usb/devices/${socket}`;
    put('/sys/bus/usb/devices', socket);
    put('/sys/bus/usb/devices', `${socket}:1.0`);
    for (const [name, text] of Object.entries(ids)) {
      texts.set(`${folder}/${name}`, `${text}\n`);
      texts.set(`${byBus}/${name}`, `${text}\n`);
    }
    for (const [number, part] of Object.entries(interfaces)) {
      const name = `${socket}:1.${number}`;
      put(byBus, name);
      const [kind, sub, protocol] = part.class.split('/');
      for (const home of [`${folder}/${name}`, `${byBus}/${name}`]) {
        texts.set(`${home}/bInterfaceNumber`, `${Number(number).toString(16).padStart(2, '0')}\n`);
        texts.set(`${home}/bInterfaceClass`, `${kind}\n`);
        texts.set(`${home}/bInterfaceSubClass`, `${sub}\n`);
        texts.set(`${home}/bInterfaceProtocol`, `${protocol}\n`);
      }
      if (part.driver !== undefined) targets.set(`${folder}/${name}/driver`, `/sys/bus/usb/drivers/${part.driver}`);
      if (part.tty === undefined) continue;
      put('/sys/class/tty', part.tty);
      targets.set(`/sys/class/tty/${part.tty}/device`, `${folder}/${name}/${part.tty}`);
    }
  }
  return {
    list: () => Promise.reject(new Error('not asked')),
    names: (folder) => Promise.resolve(folders.get(folder) ?? []),
    target: (path) => {
      const target = targets.get(path);
      return target === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(target);
    },
    text: (path) => Promise.resolve(texts.get(path) ?? null),
  };
}

const huawei = (socket: string, tty: number, serial = '0123456789ABCDEF'): Device => ({
  socket,
  ids: {
    idVendor: '12d1',
    idProduct: '1506',
    serial,
    manufacturer: 'HUAWEI_MOBILE',
    product: 'HUAWEI_MOBILE',
    devnum: '7',
  },
  interfaces: {
    0: { tty: `ttyUSB${tty}`, class: 'ff/02/01', driver: 'option' },
    10: { tty: `ttyUSB${tty + 1}`, class: 'ff/02/12', driver: 'option' },
    3: { class: '08/06/50', driver: 'usb-storage' },
  },
});

describe('a Linux machine', () => {
  it('tells the device, its socket, interface and driver of each port, in the order of their numbers', async () => {
    const { ports } = await surveyMachine(linux([huawei('1-2', 9)]));
    const stick = {
      vendorId: '12d1',
      productId: '1506',
      serialNumber: '0123456789ABCDEF',
      manufacturer: 'HUAWEI_MOBILE',
      product: 'HUAWEI_MOBILE',
      life: '7',
      location: '1-2',
      driver: 'option',
    };
    expect(ports).toEqual([
      { path: '/dev/ttyUSB9', ...stick, interfaceNumber: 0, interfaceClass: 'ff/02/01' },
      { path: '/dev/ttyUSB10', ...stick, interfaceNumber: 10, interfaceClass: 'ff/02/12' },
    ]);
  });

  it('leaves ports that are none of USB out', async () => {
    expect(await pathsOf(linux([]))).toEqual([]);
  });

  it('names a port by its device id; twins, which share one, by their sockets', async () => {
    const byId = '/dev/serial/by-id/usb-HUAWEI_MOBILE_HUAWEI_MOBILE-if00-port0';
    const first = '/dev/serial/by-path/pci-usb-0:2:1.0-port0';
    const second = '/dev/serial/by-path/pci-usb-0:3:1.0-port0';
    const stable = { [byId]: '/dev/ttyUSB2', [first]: '/dev/ttyUSB0', [second]: '/dev/ttyUSB2' };
    const named = async (...devices: Device[]) =>
      (await surveyMachine(linux(devices, stable))).ports.flatMap(({ path, stableId }) =>
        stableId === undefined ? [] : [[path, stableId]],
      );
    expect(await named(huawei('1-2', 0), huawei('1-3', 2))).toEqual([
      ['/dev/ttyUSB0', first],
      ['/dev/ttyUSB2', second],
    ]);
    expect(await named(huawei('1-2', 0, 'A'), huawei('1-3', 2, 'B'))).toEqual([
      ['/dev/ttyUSB0', first],
      ['/dev/ttyUSB2', byId],
    ]);
  });

  it('tells of devices without a serial port, with the classes of their interfaces', async () => {
    const hilink: Device = {
      socket: '1-4',
      ids: { idVendor: '12d1', idProduct: '14db', product: 'HUAWEI_MOBILE' },
      interfaces: { 0: { class: '02/06/00' }, 1: { class: '0a/00/00' } },
    };
    const { portless } = await surveyMachine(linux([huawei('1-2', 0), hilink]));
    expect(portless).toEqual([
      {
        vendorId: '12d1',
        productId: '14db',
        product: 'HUAWEI_MOBILE',
        location: '1-4',
        interfaces: ['02/06/00', '0a/00/00'],
      },
    ]);
  });
});
