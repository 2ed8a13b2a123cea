import type { Texts } from '../dictionary.ts';
import type { reasons as english } from '../en/reasons.ts';

export const reasons: Texts<typeof english> = {
  'reason.of': 'ช่องทาง {carrier}: {words}',
  'reason.waiting': 'กำลังรอ: {words}',
  'reason.waiting.no_carrier': 'ยังไม่มีช่องทางส่ง เพิ่มโมเด็มหรือช่องทางอื่น',
  'reason.waiting.all_off': 'ช่องทางส่งปิดอยู่ทั้งหมด เปิดช่องทางหนึ่ง',
  'reason.waiting.empty_route': 'เส้นทางที่ตรงไม่มีช่องทางส่ง กรุณาเพิ่ม',
  'reason.waiting.quiet_hours': 'ช่วงเวลางดส่งถึง {until}',
  'reason.waiting.campaign_paused': 'แคมเปญถูกพักอยู่ ให้แคมเปญทำต่อเพื่อส่ง',
  'reason.carrier.removed': 'ช่องทางส่งถูกลบแล้ว',
  'reason.carrier.off': '{carrier} ปิดอยู่',
  'reason.carrier.paused': '{carrier} พักอยู่',
  'reason.carrier.resting': '{carrier} ล้มเหลวซ้ำ ๆ และพักถึง {until}: {detail}',
  'reason.carrier.starting': '{carrier} กำลังเริ่มทำงาน',
  'reason.carrier.stopped': '{carrier} หยุดอยู่',
  'reason.carrier.waiting': '{carrier} ยังไม่พร้อม',
  'reason.carrier.faulty': '{carrier} ใช้งานไม่ได้',
  'reason.quota.minute': '{carrier} ส่งครบ {count} ส่วนในนาทีนี้ ส่งต่อได้ {until}',
  'reason.quota.hour': '{carrier} ส่งครบ {count} ส่วนในชั่วโมงนี้ ส่งต่อได้ {until}',
  'reason.quota.day': '{carrier} ส่งครบ {count} ส่วนของวันนี้ ส่งต่อได้ {until}',
  'reason.quota.month': '{carrier} ส่งครบ {count} ส่วนของเดือนนี้ ส่งต่อได้ {until}',
};
