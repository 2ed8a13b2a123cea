import type { Texts } from '../dictionary.ts';
import type { welcome as english } from '../en/welcome.ts';

export const welcome: Texts<typeof english> = {
  'welcome.addCredits': 'เริ่มด้วย {number} เครดิต',
  'welcome.credits': 'มี {count} เครดิตแล้ว',
  'welcome.done': 'เสร็จแล้ว',
  'welcome.dontCount': 'ไม่นับเครดิต',
  'welcome.finish': 'ไปที่แดชบอร์ด',
  'welcome.help.carrier': 'ข้อความส่งออกผ่านโมเด็มที่มีซิม หรือผู้ให้บริการ SMS โมเด็มจำลองช่วยให้ลองใช้ได้โดยไม่ต้องมีทั้งสองอย่าง',
  'welcome.help.credits': 'เครดิตช่วยคุมงบของแต่ละแผนก หากใช้คนเดียวไม่จำเป็นต้องนับ',
  'welcome.help.message': 'ส่งไปยังโทรศัพท์ของคุณเอง',
  'welcome.help.sender': 'ชื่อร้านของคุณไม่เกิน 11 ตัวอักษร หากใช้โมเด็ม ผู้รับจะเห็นหมายเลขซิมแทน',
  'welcome.later': 'ทำภายหลัง',
  'welcome.notCounted': 'ไม่นับเครดิต',
  'welcome.number': 'หมายเลขโทรศัพท์ของคุณ',
  'welcome.numberFault': 'กรอกหมายเลขให้ครบ เช่น 0812345678',
  'welcome.sample': 'สวัสดีจากเกตเวย์ SMS ของฉันเอง!',
  'welcome.send': 'ส่งข้อความแรก',
  'welcome.simulator': 'ใช้โมเด็มจำลอง',
  'welcome.step.carrier': 'ช่องทางส่ง',
  'welcome.step.credits': 'เครดิต',
  'welcome.step.message': 'ข้อความแรก',
  'welcome.step.sender': 'ชื่อผู้ส่ง',
  'welcome.text': 'สี่ขั้นตอนสู่ข้อความแรก เปลี่ยนได้ภายหลังทั้งหมด',
  'welcome.title': 'ตั้งค่าเครื่องของคุณ',
  'welcome.useName': 'ใช้ชื่อนี้',
};
