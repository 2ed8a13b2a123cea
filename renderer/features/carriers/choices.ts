import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import type { IconName } from '../../ui/icon.tsx';

/** What may be added, as people think of it: a provider is a choice of its own though it is a carrier over HTTP as well. */
export const choices = ['modem', 'smpp', 'sepsms', 'twilio', 'vonage', 'infobip', 'custom', 'simulator'] as const;
export type Choice = (typeof choices)[number];

export const choiceIcons: Readonly<Record<Choice, IconName>> = {
  modem: 'phone',
  smpp: 'carrier',
  sepsms: 'link',
  twilio: 'globe',
  vonage: 'globe',
  infobip: 'globe',
  custom: 'file',
  simulator: 'play',
};

export function isChoice(text: string | undefined): text is Choice {
  return text !== undefined && (choices as readonly string[]).includes(text);
}

export function kindOf(choice: Choice): CarrierItem['kind'] {
  return choice === 'modem' || choice === 'smpp' || choice === 'simulator' ? choice : 'upstream';
}
