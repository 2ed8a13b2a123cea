import type { KindWorld } from '../../server/carrier-kinds/kind.ts';

/** The providers' part of what carriers are made with, where none is ever asked. */
export const noProviders: Pick<KindWorld, 'askProvider' | 'boxId' | 'callbackPath'> = {
  askProvider: () => Promise.resolve({ kind: 'unsent', problem: 'There is no network here.', refused: false }),
  boxId: () => '0000000000000000',
  callbackPath: (id) => `/api/callbacks/${id}/secret`,
};
