import { families } from './families.ts';
import { unknownModem } from './modem-quirks.ts';
import type { FamilyMark, ModemQuirks } from './modem-quirks.ts';

/** What a modem has told about itself, and the ids of its USB device. */
export interface ModemKindred {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly usb: string | null;
}

/** The family of a modem; `unknown`, which keeps to the standard, when none fits. The first that fits counts. */
export function quirksOf(modem: ModemKindred): ModemQuirks {
  const family = families.find(({ marks }) => marks.some((mark) => fits(mark, modem)));
  return family?.quirks ?? unknownModem;
}

function fits({ maker, model, usb }: FamilyMark, modem: ModemKindred): boolean {
  if (maker !== undefined && !maker.test(modem.manufacturer ?? '')) return false;
  if (model !== undefined && !model.test(modem.model ?? '')) return false;
  return usb === undefined || usb.includes(modem.usb?.slice(0, 4) ?? '');
}
