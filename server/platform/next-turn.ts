/** Resolves in the next turn of the event loop, so that others are served during long work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
