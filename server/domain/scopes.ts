/** What a key may do (api-v2 §2). */
export const scopes = [
  'sms:send',
  'sms:read',
  'otp:send',
  'otp:verify',
  'credit:read',
  'webhooks:read',
  'webhooks:write',
] as const;
export type Scope = (typeof scopes)[number];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
