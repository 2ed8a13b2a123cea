import type { Address } from '../pdu/encode.ts';
import type { AddressType } from '../settings.ts';

/** Numbers of so few digits are short codes. */
const longestShortCode = 6;

const international: AddressType = { ton: 1, npi: 1 };
const national: AddressType = { ton: 2, npi: 1 };
/** Network specific: a short code of the carrier's own. */
const shortCode: AddressType = { ton: 3, npi: 0 };
const alphanumeric: AddressType = { ton: 5, npi: 0 };

/** A sender as source address: a name, a number in international or national form, or a short code (SMPP 3.4 §5.2.5). */
export function sourceAddress(origin: string, fixed: AddressType | null): Address {
  const digits = origin.replace(/^\+/u, '');
  const address = /^\d+$/u.test(digits) ? digits : origin;
  return { ...(fixed ?? typeOf(address)), address };
}

export function destAddress(msisdn: string, type: AddressType): Address {
  return { ...type, address: msisdn };
}

function typeOf(address: string): AddressType {
  if (!/^\d+$/u.test(address)) return alphanumeric;
  if (address.length <= longestShortCode) return shortCode;
  return address.startsWith('0') ? national : international;
}

/** The digits of an address that is a subscriber's number; null for a name, a short code or nothing. */
export function subscriberDigits({ address }: Address): string | null {
  const digits = address.replace(/^\+/u, '');
  return /^\d{7,20}$/u.test(digits) ? digits : null;
}
