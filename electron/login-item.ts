import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from './world.ts';

/** Whether the app starts when its owner signs in: by the system where it has a way of its own, else as XDG autostart wants it. */
export class LoginItem {
  readonly #world: Pick<World, 'electron' | 'platform' | 'env'>;

  constructor(world: Pick<World, 'electron' | 'platform' | 'env'>) {
    this.#world = world;
  }

  get on(): boolean {
    const { electron, platform } = this.#world;
    return platform === 'linux' ? existsSync(this.#desktopFile) : electron.app.getLoginItemSettings().openAtLogin;
  }

  /** @throws Error where the folder of autostart files cannot be written. */
  set(on: boolean): void {
    const { electron, platform } = this.#world;
    if (platform !== 'linux') return electron.app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] });
    if (!on) return rmSync(this.#desktopFile, { force: true });
    mkdirSync(dirname(this.#desktopFile), { recursive: true });
    writeFileSync(this.#desktopFile, desktopEntry(this.#program));
  }

  get #desktopFile(): string {
    const config = this.#world.env['XDG_CONFIG_HOME'] ?? join(this.#world.electron.app.getPath('home'), '.config');
    return join(config, 'autostart', 'sepsms-box.desktop');
  }

  /** An AppImage runs from a place that is gone afterwards; the image itself stays. */
  get #program(): string {
    return this.#world.env['APPIMAGE'] ?? this.#world.electron.app.getPath('exe');
  }
}

/** Desktop Entry Specification §"The Exec key": quoted, with what has a meaning inside quotes escaped. */
function desktopEntry(program: string): string {
  const quoted = `"${program.replaceAll(/["`$\\]/gu, '\\$&').replaceAll('%', '%%')}"`;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=SEPSMS Box',
    `Exec=${quoted} --hidden`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
