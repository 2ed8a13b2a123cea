import { logLevels, type LogLevel } from '../domain/log-level.ts';
import { resolve } from 'node:path';
import { AppError } from '../domain/errors.ts';

export const defaultPort = 8580;
export const defaultHost = '127.0.0.1';
export const defaultDataDir = './data';

/** What a person wrote on the command line; absent where nothing was written. */
export interface ListenFlags {
  readonly data?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly logLevel?: string | undefined;
  readonly masterKeyFile?: string | undefined;
}

/** Where and how the box runs, before its settings are read. `dataDir` and `masterKeyFile` are absolute. */
export interface ListenOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Whether a person asked for this port, so that no other may take its place. */
  readonly portNamed: boolean;
  readonly logLevel: LogLevel;
  readonly masterKeyFile: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

interface Named {
  readonly value: string;
  /** How the person named it, for messages. */
  readonly source: string;
}

/** A flag wins over its environment variable; an empty variable counts as unset. */
function pick(flag: string | undefined, flagName: string, env: Env, envName: string): Named | undefined {
  if (flag !== undefined) return { value: flag, source: flagName };
  const value = env[envName];
  return value === undefined || value === '' ? undefined : { value, source: envName };
}

function invalid(named: Named, want: string): AppError {
  return new AppError('config.invalid', `${named.source} is "${named.value}". Give ${want}.`);
}

function parsePort(named: Named): number {
  const port = /^\d{1,5}$/u.test(named.value) ? Number(named.value) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw invalid(named, 'a whole number from 0 to 65535 (0 takes any free port)');
}

function parseHost(named: Named): string {
  if (/^[\p{L}\p{N}.:_-]{1,253}$/u.test(named.value)) return named.value;
  throw invalid(named, 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for the whole LAN');
}

function parseLogLevel(named: Named): LogLevel {
  const level = logLevels.find((each) => each === named.value);
  if (level !== undefined) return level;
  throw invalid(named, `one of ${logLevels.join(', ')}`);
}

/** The data folder that a command speaks of: `--data`, else SEPSMS_BOX_DATA, else `./data`; absolute. */
export function resolveDataDir(flag: string | undefined, env: Env): string {
  const named = pick(flag, '--data', env, 'SEPSMS_BOX_DATA');
  if (named === undefined) return resolve(defaultDataDir);
  if (named.value.trim() === '') throw invalid(named, 'the path of a folder');
  return resolve(named.value);
}

/** Flags first, then the environment (box.md §1), then defaults. Throws `config.invalid` saying what to write instead. */
export function resolveListenOptions(flags: ListenFlags, env: Env): ListenOptions {
  const port = pick(flags.port, '--port', env, 'SEPSMS_BOX_PORT');
  const host = pick(flags.host, '--host', env, 'SEPSMS_BOX_HOST');
  const level = pick(flags.logLevel, '--log-level', env, 'SEPSMS_BOX_LOG_LEVEL');
  const keyFile = pick(flags.masterKeyFile, '--master-key-file', env, 'SEPSMS_BOX_MASTER_KEY_FILE');
  return {
    dataDir: resolveDataDir(flags.data, env),
    host: host === undefined ? defaultHost : parseHost(host),
    port: port === undefined ? defaultPort : parsePort(port),
    portNamed: port !== undefined,
    logLevel: level === undefined ? 'info' : parseLogLevel(level),
    masterKeyFile: keyFile === undefined ? undefined : resolve(keyFile.value),
  };
}
