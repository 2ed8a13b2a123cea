import { AppError } from '../domain/errors.ts';
import { hostsOf } from '../contract/upstream-form.ts';
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
      if (body.kind === 'upstream' && body.allowHost === true) {
        for (const host of hostsOf(body)) await allowHost(canonicalHost(host));
      }
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
