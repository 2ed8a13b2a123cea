import type { Texts } from '../dictionary.ts';
import type { reasons as english } from '../en/reasons.ts';

export const reasons: Texts<typeof english> = {
  'reason.of': '通道 {carrier}：{words}',
  'reason.waiting': '等待中：{words}',
  'reason.waiting.no_carrier': '尚未設定發送通道，請新增數據機或其他通道',
  'reason.waiting.all_off': '所有發送通道都已停用，請啟用一個',
  'reason.waiting.empty_route': '符合的路由沒有發送通道，請加入一個',
  'reason.waiting.quiet_hours': '靜默時段，直到 {until}',
  'reason.waiting.campaign_paused': '所屬活動已暫停，繼續活動即可發送',
  'reason.carrier.removed': '發送通道已移除',
  'reason.carrier.off': '{carrier} 已停用',
  'reason.carrier.paused': '{carrier} 已暫停',
  'reason.carrier.resting': '{carrier} 連續失敗，休息到 {until}：{detail}',
  'reason.carrier.starting': '{carrier} 正在啟動',
  'reason.carrier.stopped': '{carrier} 已停止',
  'reason.carrier.waiting': '{carrier} 尚未就緒',
  'reason.carrier.faulty': '{carrier} 無法運作',
  'reason.quota.minute': '{carrier} 這一分鐘已發送 {count} 則，{until} 再繼續',
  'reason.quota.hour': '{carrier} 這一小時已發送 {count} 則，{until} 再繼續',
  'reason.quota.day': '{carrier} 今天已發送 {count} 則，{until} 再繼續',
  'reason.quota.month': '{carrier} 本月已發送 {count} 則，{until} 再繼續',
};
