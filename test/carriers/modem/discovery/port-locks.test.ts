import { describe, expect, it } from 'vitest';
import { PortLocks } from '../../../../server/carriers/modem/discovery/port-locks.ts';

const shop = { carrierId: 1, name: 'Shop' };
const office = { carrierId: 2, name: 'Office' };
const search = { carrierId: null, name: 'search' };

describe('one modem serves one carrier', () => {
  it('the same port is refused with the name of its holder, until it is given back', () => {
    const locks = new PortLocks();
    const lock = locks.take('/dev/ttyUSB2', 'usb:1-2', shop);
    expect(() => locks.take('/dev/ttyUSB2', 'usb:1-2', office)).toThrow(/"Shop" already uses \/dev\/ttyUSB2\./u);
    lock.release();
    lock.release();
    expect(() => locks.take('/dev/ttyUSB2', 'usb:1-2', office)).not.toThrow();
  });

  it('another port of the same stick is refused too', () => {
    const locks = new PortLocks();
    locks.take('/dev/ttyUSB2', 'usb:1-2', shop);
    expect(() => locks.take('/dev/ttyUSB3', 'usb:1-2', office)).toThrow(
      expect.objectContaining({
        code: 'port.in_use',
        message: expect.stringContaining('the modem at /dev/ttyUSB3 (through /dev/ttyUSB2)'),
      }),
    );
    expect(() => locks.take('/dev/ttyUSB6', 'usb:1-3', office)).not.toThrow();
  });

  it('the search is waited for, and waits itself', () => {
    const locks = new PortLocks();
    const lock = locks.take('/dev/ttyUSB2', 'usb:1-2', search);
    expect(() => locks.take('/dev/ttyUSB2', 'usb:1-2', shop)).toThrow('tried again in a moment');
    lock.release();
    locks.take('/dev/ttyUSB2', 'usb:1-2', shop);
    expect(() => locks.take('/dev/ttyUSB2', 'usb:1-2', search)).toThrow('works with');
    expect(locks.holderOf('usb:1-2')).toEqual(shop);
  });

  it('a modem known by its IMEI belongs to who claimed it first, whatever the ports are', () => {
    const locks = new PortLocks();
    const first = locks.take('/dev/ttyS0', 'port:/dev/ttyS0', shop);
    const second = locks.take('/dev/ttyS1', 'port:/dev/ttyS1', office);
    expect(first.claim('867000000000001')).toBeNull();
    expect(first.claim('867000000000001')).toBeNull();
    expect(second.claim('8670000000000018')).toContain('already used by the carrier "Shop" at /dev/ttyS0');
    expect(second.claim('867000000000102')).toBeNull();
    first.release();
    expect(second.claim('867000000000001')).toBeNull();
  });
});
