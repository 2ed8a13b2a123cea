import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** The modems that are plugged in. */
export function modemHandlers({ modems }: AdminServices): AdminHandlers<'modems' | 'modemScan'> {
  return {
    modems: async () => ({ items: await modems.list() }),
    modemScan: async () => ({ items: await modems.scan() }),
  };
}
