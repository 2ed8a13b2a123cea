import type { ListenOptions } from '../../config/command-line-options.ts';
import type { DataFolder } from '../../config/data-folder.ts';
import type { MachineProbes } from './machine-probes.ts';

/** One thing looked at, in plain words; `advice` says what to do when it is not ok. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly text: string;
  readonly advice: string | null;
}

/** What is examined. */
export interface Patient {
  readonly probes: MachineProbes;
  readonly options: ListenOptions;
  readonly folder: DataFolder;
  readonly platform: NodeJS.Platform;
}

export type Judgement = Omit<Finding, 'name'>;
export type Check = readonly [name: string, check: (patient: Patient) => Judgement | Promise<Judgement>];

export function ok(text: string): Judgement {
  return { state: 'ok', text, advice: null };
}

export function warn(text: string, advice: string): Judgement {
  return { state: 'warn', text, advice };
}

export function fail(text: string, advice: string): Judgement {
  return { state: 'fail', text, advice };
}
