/** What a small cake shop in Thailand has in its box; nobody of these exists. */
const given = [
  'สมชาย',
  'สุดา',
  'วิภาวี',
  'ณัฐพล',
  'กมลชนก',
  'ปิยะ',
  'อรทัย',
  'ธนกร',
  'พิมพ์ชนก',
  'วรรณา',
  'ชลธิชา',
  'เกรียงไกร',
  'มาลี',
  'ประเสริฐ',
  'ศิริพร',
  'อนุชา',
  'จิราภรณ์',
  'วีระ',
  'นงลักษณ์',
  'ภาณุ',
  'รัตนา',
  'สุรชัย',
  'เบญจมาศ',
];
const family = [
  'ใจดี',
  'แสงทอง',
  'ศรีสุข',
  'วงศ์ไทย',
  'ทองมาก',
  'รุ่งเรือง',
  'จันทร์เพ็ญ',
  'บุญมี',
  'พูนทรัพย์',
  'เจริญผล',
  'สายชล',
  'มีสุข',
  'พงษ์ไพร',
  'แก้วมณี',
  'สุวรรณ',
  'ชัยมงคล',
  'ดวงดี',
  'ปานทอง',
  'หอมจันทร์',
  'วัฒนา',
  'เพชรรัตน์',
  'กิจเจริญ',
  'ภูผา',
  'นาคทอง',
  'ศักดิ์ดี',
  'ธรรมดี',
  'คงมั่น',
  'ลิ้มเจริญ',
  'โพธิ์ทอง',
];
const branches = ['อารีย์', 'ลาดพร้าว', 'นนทบุรี'];

export interface Customer {
  readonly name: string;
  readonly msisdn: string;
  readonly branch: string;
  readonly points: number;
}

/** The customer `n`, the same at every run. */
export function customer(n: number): Customer {
  return {
    name: `${given[n % given.length] ?? ''} ${family[n % family.length] ?? ''}`,
    msisdn: `08${['1', '9', '6', '4'][n % 4] ?? '1'}${String((n * 7_919_113) % 10_000_000).padStart(7, '0')}`,
    branch: branches[n % branches.length] ?? '',
    points: (n * 37) % 950,
  };
}

/** Customers as the till exports them. */
export function customerFile(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const { name, msisdn, branch, points } = customer(from + n);
    return `${name},${msisdn},${branch},${points}`;
  });
  return `ชื่อ,มือถือ,สาขา,แต้ม\n${lines.join('\n')}\n`;
}

/** A file that somebody typed, with a few lines that are no good. */
export const typedFile = `${customerFile(400, 18)}ไม่มีเบอร์,,อารีย์,0\nโทรที่ร้าน,02-123,อารีย์,12\n`;

export const templates = [
  { name: 'เค้กพร้อมรับ', text: 'สวัสดีค่ะคุณ {name} เค้กของคุณพร้อมรับที่สาขา{สาขา}แล้วนะคะ ร้านเปิดถึง 20.00 น.' },
  { name: 'แต้มสะสม', text: 'คุณ {name} มีแต้มสะสม {แต้ม} แต้ม แลกเครื่องดื่มฟรีได้ที่ร้านถึงสิ้นเดือนนี้ค่ะ', purposes: ['marketing'] },
  { name: 'รหัสสมาชิก', text: 'รหัสยืนยันสมาชิก Bloom & Bake คือ {code}', purposes: ['otp'] },
  { name: 'Order ready', text: 'Hello {name}, your cake is ready at our {สาขา} shop. We are open until 8 pm.' },
];

/** What the shop tells single customers in the course of a day. */
export const notes = [
  'เค้กส้ม 2 ปอนด์ของคุณพร้อมรับแล้วค่ะ ร้านเปิดถึง 20.00 น.',
  'ขอบคุณที่สั่งขนมกับเรา ยอด 890 บาท ชำระเรียบร้อยแล้วค่ะ',
  'Your order BB-2041 leaves our kitchen at 2 pm. Track it: https://bloombake.example/t/2041',
  'คนส่งของกำลังไปถึงภายใน 20 นาทีค่ะ',
  '您訂的芒果蛋糕已經做好，歡迎今天來取。',
  'พรุ่งนี้ร้านปิด 1 วัน สั่งล่วงหน้าได้ทางไลน์ค่ะ',
  'ยืนยันการจองโต๊ะ 4 ที่ วันเสาร์ 18.30 น. ค่ะ',
  'Reminder: baking class on Saturday at 10 am, Ari branch. Reply 1 to confirm.',
];

/** What customers write back. */
export const answers = [
  'ได้รับแล้วค่ะ ขอบคุณมาก อร่อยทุกครั้งเลย',
  'เปิดกี่โมงคะ',
  'ขอเลื่อนเป็นวันอาทิตย์ได้ไหมครับ',
  '1',
  'สนใจโปรปีใหม่ค่ะ มีกล่องของขวัญแบบไหนบ้าง',
  'STOP',
  'Do you have a cake without nuts for 10 people?',
  'รับ 2 กล่องค่ะ เก็บปลายทางได้ไหม',
  'ขอบคุณครับ',
];

export const campaignText =
  'Bloom & Bake: สั่งกล่องของขวัญปีใหม่ล่วงหน้าลด 15% ถึง 10 ธ.ค. คุณ {name} ใช้แต้ม {แต้ม} แต้มเป็นส่วนลดเพิ่มได้ค่ะ ตอบ STOP เพื่อไม่รับข่าว';
