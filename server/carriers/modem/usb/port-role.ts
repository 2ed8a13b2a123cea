/**
 * What one serial port of a modem is for.
 * - commands: AT commands, and what the modem tells by itself. dial: AT commands, meant for data calls; what the modem tells
 *   by itself mostly goes elsewhere.
 * - diagnostic, position, sound: the makers' own protocols, NMEA, and voice. Nothing is ever written to them.
 * - unknown: no table tells.
 */
export type PortRole = 'commands' | 'dial' | 'diagnostic' | 'position' | 'sound' | 'unknown';

/** Roles that may be asked with AT, the likeliest first. */
export const rolesToAsk: readonly PortRole[] = ['commands', 'unknown', 'dial'];

export function mayBeAsked(role: PortRole): boolean {
  return rolesToAsk.includes(role);
}
