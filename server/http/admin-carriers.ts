import { AppError } from '../domain/errors.ts';
import { canonicalHost } from '../domain/webhook-address.ts';
import type { AdminHandlers, AdminServices } from './admin-services.ts';

/** Carriers: added, watched, put to work and out of it. */
export function carrierHandlers(
  services: AdminServices,
): AdminHandlers<'carriers' | 'carrierAdd' | 'carrierEnable' | 'carrierDisable' | 'carrierRemove'> {
  const { carriers, carrierDrafts, allowHost } = services;
  return {
    carriers: () => ({ items: carriers.list() }),
    carrierAdd: async ({ body }) => {
      if (body.kind === 'modem' && body.path === undefined && body.usbSerial === undefined) {
        throw new AppError(
          'carrier.config_invalid',
          'Say which modem: its port with --path, or the serial number of its USB device with --usb.',
        );
      }
      if (body.kind === 'upstream' && body.allowHost === true)
        await allowHost(canonicalHost(new URL(body.url).hostname));
      const { name, config } = carrierDrafts.draft(body);
      return await carriers.add(name, body.kind, config);
    },
    carrierEnable: async ({ params }) => await carriers.enable(params.id),
    carrierDisable: async ({ params }) => await carriers.disable(params.id),
    carrierRemove: async ({ params }) => {
      await carriers.remove(params.id);
      return { ok: true };
    },
  };
}
