import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Tone } from '../ui/states.ts';

/** The box's health; a carrier is named where it is the reason. */
export type Health =
  | { readonly word: 'good' | 'starting' | 'noCarrier' | 'allDisabled' | 'unknown' }
  | { readonly word: 'waiting' | 'faulty'; readonly name: string };

export const healthTones: Readonly<Record<Health['word'], Tone>> = {
  good: 'green',
  starting: 'blue',
  waiting: 'orange',
  faulty: 'red',
  noCarrier: 'orange',
  allDisabled: 'grey',
  unknown: 'grey',
};

export const carrierTones: Readonly<Record<CarrierItem['state'], Tone>> = {
  ready: 'green',
  starting: 'blue',
  paused: 'grey',
  waiting: 'orange',
  faulty: 'red',
  stopped: 'grey',
  disabled: 'grey',
};

/** What to say of the whole box: the worst that a carrier in use has to say. */
export function healthOf(status: BoxStatus | undefined): Health {
  if (status === undefined) return { word: 'unknown' };
  if (status.carriers.length === 0) return { word: 'noCarrier' };
  const used = status.carriers.filter((carrier) => carrier.enabled);
  if (used.length === 0) return { word: 'allDisabled' };
  const faulty = used.find((carrier) => carrier.state === 'faulty' || carrier.state === 'stopped');
  if (faulty !== undefined) return { word: 'faulty', name: faulty.name };
  const waiting = used.find((carrier) => carrier.state === 'waiting');
  if (waiting !== undefined) return { word: 'waiting', name: waiting.name };
  return { word: used.some((carrier) => carrier.state === 'starting') ? 'starting' : 'good' };
}

export function healthText(health: Health, t: Translate): string {
  if (health.word === 'waiting') return t('health.waiting', { name: health.name });
  if (health.word === 'faulty') return t('health.faulty', { name: health.name });
  return t(`health.${health.word}`);
}
