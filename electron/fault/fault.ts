/** What is shown; made by the app itself (`electron/page-bridge.ts`). */
interface Description {
  readonly title: string;
  readonly message: string;
  readonly action: string;
  readonly busy: boolean;
}

/** What the app gives this page, and this page alone (`electron/preload.ts`). */
interface Faults {
  describe(): Promise<Description>;
  retry(): Promise<unknown>;
  onChange(listener: () => void): void;
}

function isFaults(value: unknown): value is Faults {
  return typeof value === 'object' && value !== null && 'describe' in value && 'retry' in value && 'onChange' in value;
}

function part(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`);
  if (found === null) throw new Error(`The page has no ${id}`);
  return found;
}

/** Says why the box does not run, and follows what becomes of it. */
async function show(faults: Faults): Promise<void> {
  const { title, message, action, busy } = await faults.describe();
  part('title').textContent = title;
  part('message').textContent = message;
  const button = part('retry');
  button.textContent = action;
  button.hidden = action === '';
  part('bar').hidden = !busy;
}

const given: unknown = Reflect.get(globalThis, 'faults');
if (isFaults(given)) {
  given.onChange(() => void show(given));
  part('retry').addEventListener('click', () => void given.retry());
  void show(given);
}
