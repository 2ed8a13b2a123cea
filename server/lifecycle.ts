import { errorText } from './domain/errors.ts';
import type { Clock, Logger, Service } from './domain/ports.ts';

const stopDeadlineMs = 9_500;

/** Starts services in order; when one fails, those before it are stopped and its error is thrown. */
export async function startAll(services: readonly Service[], clock: Clock, log: Logger): Promise<void> {
  const started: Service[] = [];
  for (const service of services) {
    try {
      await service.start();
      started.push(service);
    } catch (error) {
      await stopAll(started, clock, log);
      throw error;
    }
  }
}

/** Stops services in reverse order; one that fails or hangs does not keep the others from stopping. */
export async function stopAll(services: readonly Service[], clock: Clock, log: Logger): Promise<void> {
  for (const service of services.toReversed()) {
    const late = Promise.withResolvers<'late'>();
    const timer = clock.after(stopDeadlineMs, () => late.resolve('late'));
    try {
      const outcome = await Promise.race([service.stop(), late.promise]);
      if (outcome === 'late') log.warn('service.stop_late', { service: service.name });
    } catch (error) {
      log.error('service.stop_failed', { service: service.name, error: errorText(error) });
    }
    timer.cancel();
  }
}
