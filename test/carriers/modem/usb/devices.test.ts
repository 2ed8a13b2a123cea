import { describe, expect, it } from 'vitest';
import { groupDevices, portlessModems, portsToAsk } from '../../../../server/carriers/modem/usb/devices.ts';
import type { SerialPortInfo, UsbDeviceInfo } from '../../../../server/carriers/modem/usb/port-info.ts';
import { usbModems, usbStrangers } from '../../../../server/carriers/modem/usb/usb-table.ts';

function port(path: string, usb: string, over: Partial<SerialPortInfo> = {}): SerialPortInfo {
  const [vendorId, productId] = usb.split(':');
  return {
    path,
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
    ...over,
  };
}

const grouped = (...ports: SerialPortInfo[]) => groupDevices({ ports, portless: [] });

describe('the ports of one stick', () => {
  it('belong together by their socket', () => {
    const sticks = grouped(
      port('/dev/ttyUSB0', '12d1:1001', { location: '1-2', interfaceNumber: 0 }),
      port('/dev/ttyUSB1', '12d1:1001', { location: '1-3', interfaceNumber: 0 }),
      port('/dev/ttyUSB2', '12d1:1001', { location: '1-2', interfaceNumber: 2 }),
    );
    expect(sticks.map((stick) => stick.ports.map(({ path }) => path))).toEqual([
      ['/dev/ttyUSB0', '/dev/ttyUSB2'],
      ['/dev/ttyUSB1'],
    ]);
  });

  it('belong together by their serial number where no socket is told, else stand alone', () => {
    const shared = { serialNumber: 'A1' };
    expect(grouped(port('COM4', '1e0e:9001', shared), port('COM5', '1e0e:9001', shared))).toHaveLength(1);
    expect(grouped(port('COM4', '1e0e:9001'), port('COM5', '1e0e:9001'))).toHaveLength(2);
  });

  it('are another life when the stick comes back, or shows more of its ports', () => {
    const at = (life: string, ...paths: string[]) =>
      grouped(...paths.map((path) => port(path, '2c7c:0125', { location: '1-2', life })))[0]?.life;
    expect(at('7', '/dev/ttyUSB0')).toBe(at('7', '/dev/ttyUSB0'));
    expect(at('8', '/dev/ttyUSB0')).not.toBe(at('7', '/dev/ttyUSB0'));
    expect(at('7', '/dev/ttyUSB0', '/dev/ttyUSB1')).not.toBe(at('7', '/dev/ttyUSB0'));
  });
});

describe('what each port is for', () => {
  it.each([
    ['2c7c:0125', [0, 1, 2, 3], [2, 3]],
    ['1e0e:9001', [0, 1, 2, 3, 4], [2, 3]],
    ['1e0e:9011', [2, 3, 4, 5, 6], [4, 5]],
    ['12d1:1001', [0, 1, 2], [2, 0]],
    ['12d1:1436', [0, 3, 4], [4, 0]],
    ['19d2:0031', [0, 1, 3], [1, 3]],
    ['1199:68c0', [0, 2, 3], [3]],
    ['1bc7:1201', [0, 2, 4, 5], [4, 5]],
  ])('%s with the interfaces %j is asked at %j, in this order', (usb, interfaces, asked) => {
    const [stick] = grouped(
      ...interfaces.map((interfaceNumber) =>
        port(`/dev/ttyUSB${interfaceNumber}`, usb, { location: '1-2', interfaceNumber }),
      ),
    );
    expect(stick === undefined ? [] : portsToAsk(stick).map((each) => each.interfaceNumber)).toEqual(asked);
  });

  it.each([
    ['12d1:1506', 'ff/02/01', 'dial'],
    ['12d1:1506', 'ff/02/12', 'commands'],
    ['12d1:1506', 'ff/03/13', 'diagnostic'],
    ['12d1:15c1', 'ff/01/14', 'position'],
    ['2c7c:0620', 'ff/ff/30', 'diagnostic'],
    ['2c7c:0620', 'ff/ff/60', 'position'],
    ['2c7c:0620', 'ff/00/40', 'commands'],
    ['1e2d:0061', '02/02/01', 'unknown'],
  ])('%s, interface class %s: %s', (usb, interfaceClass, role) => {
    expect(grouped(port('/dev/ttyUSB0', usb, { interfaceClass }))[0]?.ports[0]?.role).toBe(role);
  });

  it.each([
    ['Quectel USB AT Port (COM5)', 'commands'],
    ['Quectel USB DM Port (COM4)', 'diagnostic'],
    ['Quectel USB NMEA Port (COM6)', 'position'],
    ['SimTech HS-USB Diagnostics 9001 (COM7)', 'diagnostic'],
    ['HUAWEI Mobile Connect - 3G PC UI Interface (COM9)', 'commands'],
    ['HUAWEI Mobile Connect - 3G Modem (COM8)', 'dial'],
    ['USB Serial Port (COM3)', 'unknown'],
  ])('named %s: %s', (label, role) => {
    expect(grouped(port('COM5', '05c6:0000', { label }))[0]?.ports[0]?.role).toBe(role);
  });
});

describe('what is a modem', () => {
  it.each([
    ['12d1:ffff', undefined, true, false],
    ['1a86:7523', 'ch341', false, true],
    ['0403:6001', 'ftdi_sio', false, true],
    ['dead:beef', 'option1', true, false],
    ['dead:beef', 'qcserial', true, false],
    ['2341:0043', 'cdc_acm', false, false],
  ])('%s with the driver %s: modem %s, adapter %s', (usb, driver, isModem, isAdapter) => {
    expect(grouped(port('/dev/ttyUSB0', usb, driver === undefined ? {} : { driver }))[0]).toMatchObject({
      isModem,
      isAdapter,
    });
  });

  it('is named by the table, else by itself, else by its path', () => {
    const name = (usb: string, over: Partial<SerialPortInfo> = {}) => grouped(port('/dev/ttyUSB0', usb, over))[0]?.name;
    expect(name('2c7c:0125', { product: 'Android' })).toBe('Quectel EC25/EG25');
    expect(name('2341:0043', { manufacturer: 'Arduino', product: 'Uno' })).toBe('Arduino Uno');
    expect(name('2341:0043')).toBe('/dev/ttyUSB0');
    expect(name('1a86:7523')).toBe('CH340');
  });
});

describe('a stick without a serial port', () => {
  const device = (usb: string, interfaces: readonly string[] = [], product?: string): UsbDeviceInfo => ({
    vendorId: usb.slice(0, 4),
    productId: usb.slice(5),
    location: '1-4',
    interfaces,
    ...(product === undefined ? {} : { product }),
  });
  const problemOf = (info: UsbDeviceInfo) => portlessModems({ ports: [], portless: [info] })[0]?.problem ?? null;

  it.each([
    ['12d1:14db', [], 'HiLink'],
    ['12d1:1f01', [], 'usb-modeswitch'],
    ['19d2:2000', [], 'usb-modeswitch'],
    ['12d1:9999', ['02/06/00'], 'HiLink'],
  ])('%s with %j is told: %s', (usb, interfaces, words) => {
    expect(problemOf(device(usb, interfaces))).toContain(words);
  });

  it('of an unknown model is a driver disk only when it calls itself a modem', () => {
    expect(problemOf(device('12d1:9999', ['08/06/50'], 'HUAWEI Mobile'))).toContain('disk');
    expect(problemOf(device('12d1:9999', ['08/06/50'], 'Honor 9'))).toBeNull();
    expect(problemOf(device('12d1:9999', ['08/06/50', '06/01/01'], 'HUAWEI Mobile'))).toBeNull();
  });

  it('is told of an adapter that brltty likes, and of no other device of its maker', () => {
    expect(problemOf(device('1a86:7523', ['ff/01/02']))).toContain('brltty');
    expect(problemOf(device('10c4:8108', ['03/00/00']))).toBeNull();
  });

  it('of any other maker is nobody’s business', () => {
    expect(problemOf(device('046d:c077', ['03/01/02']))).toBeNull();
    expect(problemOf(device('8086:9999', ['02/06/00']))).toBeNull();
  });
});

describe('the table', () => {
  it('has each device once, and knows the maker of each model of a modem or stands alone', () => {
    const ids = [...usbModems, ...usbStrangers].map((row) => row.usb);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{4}(?::[0-9a-f]{4})?$/u);
  });

  it('names a port for commands in every layout of more than one port', () => {
    for (const { usb, ports } of usbModems) {
      if (ports === undefined || Object.keys(ports).length < 2) continue;
      expect([usb, Object.values(ports).filter((role) => role === 'commands').length]).toEqual([usb, 1]);
    }
  });
});
