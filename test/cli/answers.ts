/** Answers of the box, in the forms of the contract. */

export const at = '2026-01-15T03:04:05.000Z';
export const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
export const key = {
  id: 7,
  account: 'Main',
  name: 'Shop',
  display: 'sk_sep_3f9a...d21c',
  scopes: ['sms:send', 'sms:read'],
  ips: ['10.0.0.0/8'],
  rpm: 60,
  createdAt: at,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: at,
  lastUsedIp: '10.1.2.3',
};
export const carrier = {
  paused: false,
  held: 0,
  uncertain: 'hold',
  refundFailed: true,
  usage: [],
  id: 3,
  name: 'Office',
  kind: 'modem',
  enabled: true,
  state: 'ready',
  reason: '',
  cause: null,
  facts: { signal: 21 },
};
export const webhook = {
  id: 4,
  account: 'Main',
  url: 'http://10.0.0.5/sms',
  events: ['dr.success', 'dr.failed'],
  state: 'active',
  reason: null,
  createdAt: at,
};
export const sender = {
  id: 2,
  account: 'Main',
  name: 'SEPSMS',
  state: 'approved',
  purposes: ['marketing', 'otp'],
  reason: null,
};
export const account = {
  id: 1,
  name: 'Main',
  balance: 10_000,
  suspended: false,
  metered: true,
  lowCreditThreshold: null,
};
export const limit = {
  name: 'limits.sendPerMinute',
  value: 120,
  usual: 120,
  description: 'Messages a minute and key',
  restart: false,
  form: { type: 'integer' },
};
export const zone = {
  name: 'box.timeZone',
  value: 'Asia/Bangkok',
  usual: 'Asia/Bangkok',
  description: 'Time zone',
  restart: true,
  form: { type: 'string' },
};
export const sent = {
  uuid,
  refNo: 'SP260115000001',
  totalMsisdn: 2,
  totalCredit: 4,
  blockedCount: 0,
  status: 'pending',
};
export const message = {
  uuid,
  origin: 'SEPSMS',
  status: 'sending',
  totalMsisdn: 1200,
  drSummary: [
    { drStatus: 'success', count: 1100 },
    { drStatus: 'pending', count: 100 },
  ],
  refundedCount: 0,
  refNo: 'SP260115000001',
  clientRef: null,
  message: 'Hello',
  segments: 1,
  totalCredit: 1200,
  blockedCount: 0,
  scheduledTime: null,
  createdAt: at,
  completedAt: null,
  account: 'Main',
  waiting: 'every SIM has used its quota until 15:00',
  waitingReasons: [],
  campaign: null,
};
export const done = { ok: true };
