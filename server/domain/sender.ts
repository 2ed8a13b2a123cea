/** What a sender name may be used for (box.md §4). */
export const senderPurposes = ['marketing', 'otp'] as const;
export type SenderPurpose = (typeof senderPurposes)[number];

export const senderStates = ['requested', 'approved', 'rejected'] as const;
export type SenderState = (typeof senderStates)[number];

const form = /^[A-Za-z0-9 ._-]{1,11}$/u;

/** 1 to 11 characters of A–Z a–z 0–9 space . - _, with no space at an end. */
export function isSenderName(name: string): boolean {
  return form.test(name) && name.trim() === name;
}
