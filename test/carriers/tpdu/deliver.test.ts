import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentText } from '../../../server/domain/segments.ts';
import type { DeliverPdu } from '../../../server/carriers/tpdu/network-pdu.ts';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { encodeDeliver } from '../../../server/carriers/tpdu/network-side.ts';

const seed = 20260115;
const sentAt = Date.UTC(2026, 0, 15, 10, 35, 0);

function deliver(hex: string): DeliverPdu {
  const pdu = decodeFromNetwork(hex);
  if (pdu.type !== 'deliver') throw new Error(`expected a message, got a ${pdu.type}`);
  return pdu;
}

/** A message from 66812345678 with a first octet, TP-PID, TP-DCS and user data of one's own. */
function crafted(first: string, pid: string, dcs: string, userData: string): DeliverPdu {
  return deliver(`00${first}0B916618325476F8${pid}${dcs}62105171530082${userData}`);
}

describe('messages as real modems gave them', () => {
  it.each([
    [
      '07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37',
      '27838890001',
      'hellohello',
      '1999-03-29T13:16:59.000Z',
    ],
    [
      '0791447758100650040C914497716247010000909010711423400A2050EC468B81C4733A',
      '447917267410',
      '  1741 bst',
      '2009-09-01T16:41:32.000Z',
    ],
    [
      '07914306073011F0040B914316709807F2000880604290224080084E2D5174901A8BAF',
      '34610789702',
      '中兴通讯',
      '2008-06-24T07:22:04.000Z',
    ],
    [
      '0791447758100650040DD0F334FC1CA6970100008080312170224008D4F29CDE0EA7D9',
      'sipgate',
      'Testmail',
      '2008-08-13T11:07:22.000Z',
    ],
    [
      '07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07',
      '31641600986',
      'How are you?',
      '2002-08-26T20:37:41.000Z',
    ],
    [
      '0891683108501955F1040D91683118140276F8000841011251018123044F60597D',
      '8613814120678',
      '你好',
      '2014-10-21T07:10:18.000Z',
    ],
  ])('%s', (hex, from, text, at) => {
    const pdu = deliver(hex);
    expect(pdu).toMatchObject({ from, text, silent: false, voicemail: null, concat: null, protocolId: 0 });
    expect(new Date(pdu.sentAt ?? 0).toISOString()).toBe(at);
    expect(deliver(hex.toLowerCase())).toEqual(pdu);
    expect(deliver(hex + 'FF'.repeat(20))).toEqual(pdu);
  });

  it('tells binary data with ports, and leaves padding out', () => {
    expect(deliver('07914487200030236408E6027100790004903031415260000F060504080008006162636465666768')).toMatchObject({
      from: '20170097',
      text: '',
      encoding: 'binary',
      ports: { dest: 2048, src: 2048 },
      binary: '6162636465666768',
    });
    expect(deliver('07914487200030232408E602710079000490306161131000047071727374')).toMatchObject({
      encoding: 'binary',
      binary: '70717273',
    });
  });
});

describe('kinds of messages', () => {
  it('flash', () => {
    expect(crafted('04', '00', '10', '05E8329BFD06')).toMatchObject({ text: 'hello', messageClass: 0, silent: false });
    expect(crafted('04', '00', '18', '020E01')).toMatchObject({ text: 'ก', messageClass: 0 });
  });

  it('type 0, which nobody is to see', () => {
    expect(crafted('04', '40', '00', '05E8329BFD06')).toMatchObject({ silent: true, protocolId: 0x40 });
  });

  it('voice mail by data coding', () => {
    expect(crafted('04', '00', 'C8', '00')).toMatchObject({
      silent: true,
      voicemail: { kind: 'voice', active: true, count: null },
    });
    expect(crafted('04', '00', 'D0', '00')).toMatchObject({ silent: false, voicemail: { active: false } });
  });

  it('voice mail by header, which outranks the data coding', () => {
    const stored = crafted('44', '00', '00', '080401028005D800');
    expect(stored).toMatchObject({ silent: false, voicemail: { kind: 'voice', active: true, count: 5 } });
    expect(crafted('44', '00', 'D8', '06040102000000')).toMatchObject({
      silent: true,
      voicemail: { active: false, count: 0 },
    });
  });

  it('a WAP push of an MMS', () => {
    const pdu = crafted('44', '00', '04', '0C0605040B8423F0DEADBEEF01');
    expect(pdu).toMatchObject({ encoding: 'binary', ports: { dest: 2948, src: 9200 }, binary: 'DEADBEEF01' });
  });

  it('eight-bit ports', () => {
    expect(crafted('44', '00', '04', '06040402F0F1AA')).toMatchObject({
      ports: { dest: 0xf0, src: 0xf1 },
      binary: 'AA',
    });
  });

  it('the reserved message type is read as a message', () => {
    expect(crafted('07', '00', '00', '05E8329BFD06').text).toBe('hello');
  });

  it('compressed text is left as binary', () => {
    expect(crafted('04', '00', '20', '02ABCD')).toMatchObject({ encoding: 'binary', binary: 'ABCD', text: '' });
  });
});

describe('parts of long texts', () => {
  it('with an 8-bit reference', () => {
    expect(crafted('44', '00', '08', '08050003A703020E01')).toMatchObject({
      text: 'ก',
      concat: { reference: 0xa7, part: 2, partCount: 3, wide: false },
    });
  });

  it('with a 16-bit reference', () => {
    const pdu = crafted('44', '00', '08', '09060804A1B203020E01');
    expect(pdu).toMatchObject({ text: 'ก', concat: { reference: 0xa1b2, part: 2, partCount: 3, wide: true } });
  });

  it('the last of two references counts', () => {
    const pdu = crafted('44', '00', '08', '0D0A000301020100030703020E01');
    expect(pdu).toMatchObject({ text: 'ก', concat: { reference: 7, part: 2, partCount: 3 } });
  });

  it.each(['0500030A0000', '0500030A0200', '0500030A0203', '0500030A0101', '0500020A0201'])(
    'a reference that cannot be is passed over: %s',
    (header) => {
      expect(crafted('44', '00', '08', `08${header}0E01`)).toMatchObject({ text: 'ก', concat: null });
    },
  );

  it('unknown elements, language tables among them, are passed over', () => {
    // Single shift 0x24 and locking shift 0x25 for Turkish: seven octets of header, which are eight septets.
    expect(crafted('44', '00', '00', '0D06240101250101E8329BFD06')).toMatchObject({ text: 'hello', concat: null });
    expect(crafted('44', '00', '08', '050270000E01').text).toBe('ก');
    expect(crafted('44', '00', '08', '06037005AA0E01').text).toBe('ก');
  });
});

describe('leniency', () => {
  it('half a UCS-2 character at the end is left out', () => {
    expect(crafted('04', '00', '08', '030E010E').text).toBe('ก');
  });

  it('a time that cannot be does not cost the text', () => {
    expect(deliver('00040B916618325476F800000000000000000005E8329BFD06')).toMatchObject({
      text: 'hello',
      sentAt: null,
    });
  });

  it('a filler counted as a digit is left out', () => {
    expect(deliver('00040C916618325476F800006210517153008205E8329BFD06').from).toBe('66812345678');
  });

  it('a name of seven letters announced as eight has no @ at its end', () => {
    expect(deliver('00040ED0F334FC1CA6970100006210517153008205E8329BFD06').from).toBe('sipgate');
  });

  it('no sender at all', () => {
    expect(deliver('0004008000006210517153008205E8329BFD06').from).toBe('');
  });
});

describe('encodeDeliver', () => {
  it('writes what a phone in Thailand gets', () => {
    expect(encodeDeliver({ from: '66812345678', text: 'hello', sentAt, smsc: '66891009120' })).toBe(
      '07916698019021F0040B916618325476F800006210517153008205E8329BFD06',
    );
  });

  it.each(['AIS', 'MyShop-TH', 'sipgate', 'ABCDEFGHIJK', '1175', '0812345678', '66812345678', '*121#'])(
    'from %s',
    (from) => {
      expect(deliver(encodeDeliver({ from, text: 'x', sentAt }))).toMatchObject({ from, sentAt });
    },
  );

  it('refuses a name that is too long or not in the alphabet', () => {
    expect(() => encodeDeliver({ from: 'ABCDEFGHIJKL', text: 'x', sentAt })).toThrow(/11 characters/);
    expect(() => encodeDeliver({ from: 'ร้าน', text: 'x', sentAt })).toThrow(/11 characters/);
  });

  it('is read back, part by part, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat({ max: 255 }), (text, reference) => {
        const { encoding, parts } = segmentText(text);
        const read = parts.map((partText, index) => {
          const concat = { reference, part: index + 1, partCount: parts.length };
          const pdu = deliver(encodeDeliver({ from: '66812345678', text: partText, sentAt, encoding, concat }));
          expect(pdu.concat).toEqual(parts.length > 1 ? { ...concat, wide: false } : null);
          expect(pdu.sentAt).toBe(sentAt);
          return pdu.text;
        });
        expect(read.join('')).toBe(text);
      }),
      { seed },
    );
  });
});
