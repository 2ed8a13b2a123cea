import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appMenu } from './app-menu.ts';
import { LoginItem } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { masterKey } from './master-key.ts';
import { PageBridge } from './page-bridge.ts';
import { PowerWatch } from './power-watch.ts';
import { ServerHost, type HostState, type StartOptions } from './server-host.ts';
import type { Glance } from './server-protocol.ts';
import { TrayIcon } from './tray-icon.ts';
import { TroubleNotices } from './trouble-notices.ts';
import { WindowState } from './window-state.ts';
import { fill, wordsFor, type Words } from './words.ts';
import type { World } from './world.ts';

/** Begun by the system at sign-in, not by a person: no window then. */
const hiddenFlag = '--hidden';
/** Port that the box has where nobody chose another. */
const usualPort = 8_580;

/** The app: one server in a process of its own, one window, one icon beside the clock. */
export class DesktopApp {
  readonly #world: World;
  readonly #words: Words;
  readonly #host: ServerHost;
  readonly #window: MainWindow;
  readonly #tray: TrayIcon;
  readonly #notices: TroubleNotices;
  readonly #power: PowerWatch;
  readonly #bridge: PageBridge;
  readonly #login: LoginItem;
  #glance: Glance | null = null;
  #ending: 'not' | 'asked' | 'done' = 'not';
  #toldOfTray = false;
  #toldOfKey = false;

  constructor(world: World) {
    this.#world = world;
    const { electron, timers } = world;
    this.#words = wordsFor(electron.app.getLocale());
    const words = this.#words;
    const dataDir = join(electron.app.getPath('userData'), 'box');
    const show = () => this.#window.show();
    this.#login = new LoginItem(world);
    this.#notices = new TroubleNotices({ electron, words, onOpen: show });
    this.#host = new ServerHost({
      world,
      words,
      options: startOptions(world, dataDir),
      masterKey: () => {
        mkdirSync(dataDir, { recursive: true, mode: 0o700 });
        return masterKey({ world, words, dataDir, onPlain: (file) => this.#tellOfPlainKey(file) });
      },
      onState: (state) => this.#stateChanged(state),
      onGlance: (glance) => this.#glanceChanged(glance),
    });
    this.#window = new MainWindow({
      world,
      host: this.#host,
      state: new WindowState(join(electron.app.getPath('userData'), 'window.json'), world),
      onHidden: () => this.#hidden(),
      onSessionEnd: () => void this.quit(),
      ending: () => this.#ending !== 'not',
    });
    this.#tray = new TrayIcon({
      world,
      words,
      login: this.#login,
      onOpen: show,
      onPaused: (paused) => this.#host.setPaused(paused),
      onLogin: (on) => this.#setLogin(on),
      onQuit: () => void this.quit(),
    });
    this.#power = new PowerWatch({
      world: { electron, timers },
      onResume: () => this.#host.wakeUp(),
      onShutdown: () => void this.quit(),
    });
    this.#bridge = new PageBridge({
      world,
      desk: { describe: () => this.#describeFault(), retry: () => this.#host.start() },
      isFaultPage: (frame) => this.#window.isFaultPage(frame),
    });
  }

  /** Runs until the app is quit. Another app that runs already is brought to the front instead. */
  async run(): Promise<void> {
    const { electron, argv } = this.#world;
    const { app } = electron;
    if (!app.requestSingleInstanceLock()) return app.quit();
    app.on('second-instance', () => this.#window.show());
    app.on('activate', () => this.#window.show());
    // The box goes on without a window; it ends by the tray or the menu.
    app.on('window-all-closed', () => {});
    app.on('before-quit', (event) => {
      if (this.#ending === 'done') return;
      event.preventDefault();
      void this.quit();
    });
    app.on('web-contents-created', (_event, contents) => {
      contents.on('will-attach-webview', (event) => event.preventDefault());
    });
    await app.whenReady();
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(appMenu(this.#words, this.#world.platform)));
    this.#bridge.start();
    this.#tray.start();
    this.#power.start();
    this.#host.start();
    if (!argv.includes(hiddenFlag)) this.#window.show();
  }

  /** Ends the app in peace: what is being sent is settled first. Also when it is asked twice. */
  async quit(): Promise<void> {
    if (this.#ending !== 'not') return;
    this.#ending = 'asked';
    await this.#host.stop();
    this.#power.stop();
    this.#tray.stop();
    this.#bridge.stop();
    this.#ending = 'done';
    this.#window.close();
    this.#world.electron.app.quit();
  }

  #stateChanged(state: HostState): void {
    this.#world.log('host.state', { state: state.name });
    if (state.name !== 'running') {
      this.#glance = null;
      this.#power.keepAwake(false);
    }
    this.#tray.show(state, this.#glance);
    this.#window.follow(state);
  }

  #glanceChanged(glance: Glance): void {
    this.#glance = glance;
    this.#notices.follow(glance);
    this.#power.keepAwake(glance.ready > 0);
    this.#tray.show(this.#host.state, glance);
  }

  #hidden(): void {
    if (this.#toldOfTray) return;
    this.#toldOfTray = true;
    this.#notices.say('SEPSMS Box', this.#words.stillRunning);
  }

  #setLogin(on: boolean): void {
    try {
      this.#login.set(on);
    } catch {
      this.#world.log('login.not_set');
    }
    this.#tray.show(this.#host.state, this.#glance);
  }

  #tellOfPlainKey(file: string): void {
    if (this.#toldOfKey) return;
    this.#toldOfKey = true;
    this.#notices.say(this.#words.noKeyringTitle, fill(this.#words.noKeyring, { file }));
  }

  #describeFault() {
    const { state } = this.#host;
    const words = this.#words;
    if (state.name === 'failed') {
      return { title: words.faultTitle, message: state.message, action: words.faultRetry, busy: false };
    }
    if (state.name === 'resting') {
      const message = `${state.message}\n${words.faultAgain}`;
      return { title: words.faultTitle, message, action: words.faultRetry, busy: true };
    }
    return { title: 'SEPSMS Box', message: words.starting, action: '', busy: true };
  }
}

function startOptions({ files, env }: World, dataDir: string): StartOptions {
  const port = Number(env['SEPSMS_BOX_PORT'] ?? usualPort);
  return {
    dataDir: env['SEPSMS_BOX_DATA'] ?? dataDir,
    host: env['SEPSMS_BOX_HOST'] ?? '127.0.0.1',
    port: Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : usualPort,
    logLevel: 'info',
    uiDir: files.pages,
  };
}
