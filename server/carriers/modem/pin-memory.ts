/**
 * Remembers on which SIMs the stored PIN was tried and not seen to work, so that a wrong PIN is sent once and never again:
 * three wrong ones lock the SIM. Keep it over restarts, and forget it when a person enters another PIN.
 */
export interface PinMemory {
  refused(sim: string): Promise<boolean>;
  /** Called before the PIN is sent, so that a crash in between counts as a refusal. */
  remember(sim: string): Promise<void>;
  forget(sim: string): Promise<void>;
}

/** Lasts as long as the carrier it is made for. */
export function createPinMemory(): PinMemory {
  const sims = new Set<string>();
  return {
    refused: (sim) => Promise.resolve(sims.has(sim)),
    remember: (sim) => {
      sims.add(sim);
      return Promise.resolve();
    },
    forget: (sim) => {
      sims.delete(sim);
      return Promise.resolve();
    },
  };
}
