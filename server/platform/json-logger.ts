import { pino, type DestinationStream, type StreamEntry } from 'pino';
import type { LogLevel } from '../domain/log-level.ts';
import type { LogFields, Logger } from '../domain/ports.ts';

/** JSON lines, one event each, on standard error or the given stream. */
export function createJsonLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return wrap(pino(optionsOf(level), destination ?? pino.destination(2)));
}

/** The same on standard error, and in a book that has everything from `info` on, however little the console shows. */
export function createKeptLogger(level: LogLevel, book: DestinationStream): Logger {
  if (level === 'debug') return wrap(pino(optionsOf(level), both(level, 'debug', book)));
  return wrap(pino(optionsOf('info'), both(level, 'info', book)));
}

function both(level: LogLevel, kept: 'debug' | 'info', book: DestinationStream): DestinationStream {
  const entries: StreamEntry[] = [{ level: kept, stream: book }];
  if (level !== 'silent') entries.push({ level, stream: pino.destination(2) });
  return pino.multistream(entries);
}

function optionsOf(level: LogLevel) {
  return { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
}

function wrap(base: ReturnType<typeof pino>): Logger {
  return {
    debug: (event, fields) => base.debug(fields ?? {}, event),
    info: (event, fields) => base.info(fields ?? {}, event),
    warn: (event, fields) => base.warn(fields ?? {}, event),
    error: (event, fields) => base.error(fields ?? {}, event),
    child: (fields: LogFields) => wrap(base.child(fields)),
  };
}
