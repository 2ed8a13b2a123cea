import type { AdminSession } from './furnish.ts';

/** People as a spreadsheet has them; some lines cannot be taken in. */
export const peopleFile = (markup: string): string =>
  [
    'ชื่อ,มือถือ,นัด,หมายเหตุ',
    'สมชาย ใจดี,0867890123,1 ธ.ค. 10:00,ลูกค้าประจำ',
    'สุดา แสงทอง,0898765432,2 ธ.ค. 14:30,',
    `"${markup.replaceAll('"', '""')}",0823456789,,`,
    'ไม่มีเบอร์,,,',
    'เบอร์ผิด,12345,,',
    'ซ้ำ,0867890123,,',
  ].join('\n');

/** More of an address book than the one contact in a group: an import to be looked at, one that is done, templates. */
export async function furnishPeople(admin: AdminSession, markup: string): Promise<void> {
  await admin.call('POST', '/groups', { name: 'ลูกค้าประจำ' });
  const groups = [1, 2];
  const fields = { นัด: '1 ธ.ค. 10:00', points: '1,250' };
  await admin.call('POST', '/contacts', { msisdn: '0834567890', name: markup, fields, note: markup, groups });
  await admin.call('POST', '/contacts', { msisdn: '0811111111', name: 'Ann Blocked', groups: [2] });
  await admin.call('POST', '/contacts', { msisdn: '0845678901', name: '王小明' });
  await admin.call('POST', '/contacts', { msisdn: '0856789012' });
  await admin.upload('/imports?fileName=customers.csv', peopleFile(markup));
  await admin.upload('/imports?fileName=regulars.csv', peopleFile(markup));
  await admin.call('PATCH', '/imports/2', { groups: [2] });
  await admin.call('POST', '/imports/2/start');
  const text = 'เรียนคุณ {name} นัดของคุณคือ {นัด} หากต้องการเลื่อนโปรดโทรหาเรา ขอบคุณค่ะ';
  await admin.call('POST', '/templates', { name: 'เตือนนัด', text });
  await admin.call('POST', '/templates', { name: markup, text: `Hello {name}, ${markup}` });
  await admin.call('POST', '/templates', { name: 'Code', text: 'Your code is {code}', purposes: ['otp'] });
}
