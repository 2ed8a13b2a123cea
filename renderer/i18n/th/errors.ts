import type { Texts } from '../dictionary.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Texts<typeof english> = {
  'error.network.unreachable': 'เครื่องไม่ตอบสนอง ตรวจสอบว่าเครื่องทำงานอยู่และอุปกรณ์นี้อยู่ในเครือข่ายเดียวกัน',
  'error.network.timeout': 'เครื่องใช้เวลาตอบนานเกินไป ลองอีกครั้ง',
  'error.answer.unreadable': 'หน้านี้อ่านคำตอบของเครื่องไม่ได้ ลองโหลดหน้านี้ใหม่',
  'error.auth.session_required': 'หมดเวลาการเข้าสู่ระบบ โปรดเข้าสู่ระบบอีกครั้ง',
  'error.auth.wrong_password': 'ชื่อหรือรหัสผ่านไม่ถูกต้อง',
  'error.auth.locked': 'ใส่ผิดหลายครั้งเกินไป รอสักครู่แล้วลองใหม่',
  'error.auth.user_disabled': 'ผู้ใช้นี้ถูกปิดการใช้งาน โปรดติดต่อผู้ดูแลระบบ',
  'error.auth.code_required': 'กรอกรหัสที่แสดงในแอปยืนยันตัวตนของคุณ',
  'error.auth.wrong_code': 'รหัสไม่ถูกต้องหรือถูกใช้ไปแล้ว โปรดรอรหัสถัดไป',
  'error.user.last_admin': 'นี่คือผู้ดูแลระบบคนเดียวที่เข้าสู่ระบบได้ โปรดตั้งผู้อื่นเป็นผู้ดูแลระบบก่อน',
  'error.auth.forbidden': 'สิทธิ์ของคุณทำรายการนี้ไม่ได้ โปรดติดต่อผู้ดูแลระบบ',
  'error.auth.setup_done': 'เครื่องนี้มีผู้ดูแลระบบแล้ว โหลดหน้านี้ใหม่แล้วเข้าสู่ระบบ',
  'error.auth.wrong_setup_code': 'รหัสตั้งค่าไม่ถูกต้อง ดูรหัสบนคอนโซลที่ใช้เปิดเครื่อง',
  'error.message.not_found': 'ไม่พบข้อความนี้',
  'error.recipient.not_found': 'ไม่พบผู้รับรายนี้',
  'error.rate_limit.exceeded': 'มีคำขอมากเกินไป รอสักครู่แล้วลองใหม่',
  'error.store.disk_full': 'ดิสก์ของเครื่องเต็ม โปรดเพิ่มพื้นที่ว่าง',
  'error.store.unavailable': 'เครื่องใช้ข้อมูลไม่ได้ชั่วคราว โปรดลองใหม่ในอีกสักครู่',
  'error.box.stopping': 'เครื่องกำลังหยุดทำงาน',
  'error.internal.fault': 'เกิดข้อผิดพลาดภายในเครื่อง ดูรายละเอียดได้ในบันทึกของเครื่อง',
};
