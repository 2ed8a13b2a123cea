import { describe, expect, it } from 'vitest';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';

const sentAt = Date.UTC(2026, 0, 15, 10, 35, 0);

describe('status reports', () => {
  it.each([
    [
      '079144973770939906270C91449777621047012021216043000120212160930000',
      {
        reference: 39,
        recipient: '447977260174',
        status: 0,
        verdict: 'delivered',
        sentAt: Date.UTC(2010, 1, 12, 12, 6, 34),
      },
    ],
    [
      '07919761989901F006270B917777777777F7515012113320215150121133402100',
      { reference: 39, recipient: '77777777777', doneAt: Date.UTC(2015, 4, 21, 8, 33, 4), verdict: 'delivered' },
    ],
    [
      '0006240C81802532143479510191012064825101910120158200',
      { reference: 36, recipient: '085223414397', sentAt: Date.UTC(2015, 9, 19, 3, 2, 46), verdict: 'delivered' },
    ],
  ])('as a real modem gave it: %s', (hex, expected) => {
    expect(decodeFromNetwork(hex)).toMatchObject({ type: 'status-report', ...expected });
  });

  it.each([
    [0x00, 'delivered'],
    [0x30, 'trying'],
    [0x46, 'expired'],
    [0x62, 'failed'],
  ])('round trip with status %d', (status, verdict) => {
    const doneAt = sentAt + 5000;
    const hex = encodeStatusReport({ reference: 255, recipient: '66812345678', sentAt, doneAt, status });
    expect(hex).toMatch(/^0006FF0B91/);
    expect(decodeFromNetwork(hex)).toMatchObject({
      type: 'status-report',
      reference: 255,
      recipient: '66812345678',
      sentAt,
      doneAt,
      status,
      verdict,
    });
  });

  it('with times and recipient that cannot be read still tells the status', () => {
    expect(decodeFromNetwork('0006070091000000000000000000000000000000')).toMatchObject({
      reference: 7,
      recipient: null,
      sentAt: null,
      doneAt: null,
      verdict: 'delivered',
    });
    const named = '0006070DD0F334FC1CA69701621051715300826210517153008200';
    expect(decodeFromNetwork(named)).toMatchObject({ recipient: null, verdict: 'delivered' });
  });

  it('with optional octets after the status', () => {
    const hex = encodeStatusReport({ reference: 1, recipient: '66812345678', sentAt, doneAt: sentAt, status: 0 });
    expect(decodeFromNetwork(`${hex}0100FFFF`)).toEqual(decodeFromNetwork(hex));
  });
});
