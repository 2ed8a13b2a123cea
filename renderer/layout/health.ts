import type { BoxStatus, CarrierItem } from '../../server/contract/admin.ts';
import type { Tone } from '../ui/states.ts';

export type HealthWord = 'good' | 'starting' | 'waiting' | 'faulty' | 'noCarrier' | 'allDisabled' | 'unknown';

export const healthTones: Readonly<Record<HealthWord, Tone>> = {
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
  waiting: 'orange',
  faulty: 'red',
  stopped: 'grey',
  disabled: 'grey',
};

/** One word for the whole box: the worst that a carrier in use has to say. */
export function healthOf(status: BoxStatus | undefined): HealthWord {
  if (status === undefined) return 'unknown';
  if (status.carriers.length === 0) return 'noCarrier';
  const used = status.carriers.filter((carrier) => carrier.enabled);
  if (used.length === 0) return 'allDisabled';
  const has = (state: CarrierItem['state']) => used.some((carrier) => carrier.state === state);
  if (has('faulty') || has('stopped')) return 'faulty';
  if (has('waiting')) return 'waiting';
  return has('starting') ? 'starting' : 'good';
}
