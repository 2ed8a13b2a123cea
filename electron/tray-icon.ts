import { join } from 'node:path';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import type { HostState } from './server-host.ts';
import type { Glance } from './server-protocol.ts';
import { fill, type Words } from './words.ts';
import type { World } from './world.ts';

interface TrayOptions {
  readonly world: Pick<World, 'electron' | 'files' | 'platform'>;
  readonly words: Words;
  readonly login: { readonly on: boolean };
  readonly onOpen: () => void;
  readonly onPaused: (paused: boolean) => void;
  readonly onLogin: (on: boolean) => void;
  readonly onQuit: () => void;
}

/** How the box is, in one line. */
export function stateLine(words: Words, state: HostState, glance: Glance | null): string {
  if (state.name === 'starting') return words.starting;
  if (state.name !== 'running') return words.down;
  if (glance === null) return words.starting;
  if (glance.paused) return words.paused;
  if (glance.ready === 0) return words.noCarrier;
  return glance.queued > 0 ? fill(words.waiting, { queued: glance.queued }) : words.well;
}

/** The icon beside the clock: how the box is, and what can be done without opening it. */
export class TrayIcon {
  readonly #options: TrayOptions;
  #tray: Tray | undefined;
  #shown = '';

  constructor(options: TrayOptions) {
    this.#options = options;
  }

  start(): void {
    const { world, onOpen } = this.#options;
    const file = world.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
    const tray = new world.electron.Tray(world.electron.nativeImage.createFromPath(join(world.files.icons, file)));
    this.#tray = tray;
    tray.on('click', onOpen);
    tray.on('double-click', onOpen);
  }

  /** Shows how the box is; menus are made anew only when something in them changed. */
  show(state: HostState, glance: Glance | null): void {
    const tray = this.#tray;
    if (tray === undefined) return;
    const { world, words, login } = this.#options;
    const line = stateLine(words, state, glance);
    const paused = glance?.paused === true;
    const running = state.name === 'running' && glance !== null && glance.carriers > 0;
    const look = JSON.stringify([line, paused, running, login.on]);
    if (look === this.#shown) return;
    this.#shown = look;
    tray.setToolTip(`SEPSMS Box – ${line}`);
    tray.setContextMenu(world.electron.Menu.buildFromTemplate(this.#entries(line, { paused, running })));
  }

  stop(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  #entries(
    line: string,
    { paused, running }: { readonly paused: boolean; readonly running: boolean },
  ): MenuItemConstructorOptions[] {
    const { words, login, onOpen, onPaused, onLogin, onQuit } = this.#options;
    return [
      { label: line, enabled: false },
      { type: 'separator' },
      { label: words.open, click: onOpen },
      { label: paused ? words.resume : words.pause, enabled: running, click: () => onPaused(!paused) },
      { label: words.atLogin, type: 'checkbox', checked: login.on, click: ({ checked }) => onLogin(checked) },
      { type: 'separator' },
      { label: words.quit, click: onQuit },
    ];
  }
}
