import type { LogLevel } from './domain/log-level.ts';
import type { DesktopHandle } from './services/desktop-desk.ts';

/** What the box is started with. */
export interface ServerOptions {
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** File with the master key; in the data folder when not named. */
  readonly masterKeyFile?: string;
  /** The master key itself, 32 bytes, where the caller keeps it; then no key file is read or made. */
  readonly masterKey?: Uint8Array;
  /** Folder of the built pages; the box's own build when not named. */
  readonly uiDir?: string;
  /** A throw-away box: an account with credits, a sender, a key, a user and a simulated modem. */
  readonly demo?: boolean;
}

/** A box that listens. */
export interface RunningServer {
  readonly address: { readonly host: string; readonly port: number; readonly url: string };
  /** Code for the set-up page while there is no administrator. */
  readonly setupCode: string | null;
  readonly demo: { readonly apiKey: string; readonly user: string; readonly password: string } | null;
  readonly desktop: DesktopHandle;
  /** Stops cleanly: answers what is being asked, settles what is being sent. Idempotent. */
  stop(): Promise<void>;
  status(): unknown;
}
