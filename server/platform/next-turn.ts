/** Resolves in the next turn of the event loop, so that others are served during long work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Calls `run` when all that this turn has set going in promises is done, before anything else happens. */
export function atEndOfTurn(run: () => void): void {
  process.nextTick(run);
}
