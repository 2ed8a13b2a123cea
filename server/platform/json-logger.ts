import { pino, type DestinationStream } from 'pino';
import type { LogLevel } from '../domain/log-level.ts';
import type { LogFields, Logger } from '../domain/ports.ts';

/** JSON lines, one event each, on standard error or the given stream. */
export function createJsonLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  return wrap(destination === undefined ? pino(options, pino.destination(2)) : pino(options, destination));
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
