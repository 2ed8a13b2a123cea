/** The few words that the app itself says; the pages have their own. */
const english = {
  open: 'Open SEPSMS Box',
  pause: 'Pause sending',
  resume: 'Resume sending',
  atLogin: 'Start when I sign in',
  quit: 'Quit',
  edit: 'Edit',
  view: 'View',
  starting: 'Starting…',
  well: 'All is well',
  waiting: 'Waiting: {queued}',
  noCarrier: 'No carrier is connected',
  paused: 'Sending is paused',
  down: 'The box does not run',
  troubleTitle: '{carrier} needs you',
  faultTitle: 'The box does not run',
  faultRetry: 'Try again',
  faultAgain: 'It is started again by itself.',
  stillRunning: 'SEPSMS Box goes on sending. Quit it from the icon in the tray.',
  saveAs: 'Save as',
  noKeyringTitle: 'Your passwords are not sealed by the system',
  noKeyring:
    'This machine has no keyring (such as GNOME Keyring or KWallet), so the key that seals passwords and PINs lies in a file that only you can read: {file}. Whoever copies your disk has it too.',
  keyLost:
    'The key that opens the passwords of this box cannot be read from the system’s keyring. Unlock the keyring and try again. If it is gone, put {file} back from a backup, or remove it to begin with new passwords.',
  cannotStart: 'The server part of the app cannot be started.',
  tooSlow: 'The box did not start within {seconds} seconds.',
  crashed: 'The box ended unexpectedly (code {code}).',
};
export type Words = Readonly<Record<keyof typeof english, string>>;

const thai: Words = {
  open: 'เปิด SEPSMS Box',
  pause: 'หยุดส่งชั่วคราว',
  resume: 'ส่งต่อ',
  atLogin: 'เปิดเมื่อเข้าสู่ระบบ',
  quit: 'ออกจากโปรแกรม',
  edit: 'แก้ไข',
  view: 'มุมมอง',
  starting: 'กำลังเริ่ม…',
  well: 'ทุกอย่างปกติ',
  waiting: 'รอส่ง: {queued}',
  noCarrier: 'ไม่มีช่องทางส่งที่เชื่อมต่ออยู่',
  paused: 'หยุดส่งชั่วคราวอยู่',
  down: 'กล่องไม่ทำงาน',
  troubleTitle: '{carrier} ต้องการให้ดูแล',
  faultTitle: 'กล่องไม่ทำงาน',
  faultRetry: 'ลองอีกครั้ง',
  faultAgain: 'ระบบจะเริ่มใหม่เอง',
  stillRunning: 'SEPSMS Box ยังส่งข้อความต่อไป ออกจากโปรแกรมได้ที่ไอคอนในถาดระบบ',
  saveAs: 'บันทึกเป็น',
  noKeyringTitle: 'ระบบไม่ได้ผนึกรหัสผ่านของคุณ',
  noKeyring:
    'เครื่องนี้ไม่มีที่เก็บกุญแจ (เช่น GNOME Keyring หรือ KWallet) กุญแจที่ผนึกรหัสผ่านและ PIN จึงอยู่ในไฟล์ที่มีแต่คุณอ่านได้: {file} ผู้ที่คัดลอกดิสก์ของคุณจะได้กุญแจไปด้วย',
  keyLost:
    'อ่านกุญแจที่เปิดรหัสผ่านของกล่องนี้จากที่เก็บกุญแจของระบบไม่ได้ ปลดล็อกที่เก็บกุญแจแล้วลองอีกครั้ง หากกุญแจหายไปแล้ว ให้นำ {file} กลับมาจากข้อมูลสำรอง หรือลบไฟล์นี้เพื่อเริ่มด้วยรหัสผ่านใหม่',
  cannotStart: 'เริ่มส่วนเซิร์ฟเวอร์ของโปรแกรมไม่ได้',
  tooSlow: 'กล่องไม่เริ่มทำงานภายใน {seconds} วินาที',
  crashed: 'กล่องหยุดทำงานโดยไม่คาดคิด (รหัส {code})',
};

const chinese: Words = {
  open: '開啟 SEPSMS Box',
  pause: '暫停發送',
  resume: '繼續發送',
  atLogin: '登入時啟動',
  quit: '結束',
  edit: '編輯',
  view: '檢視',
  starting: '啟動中…',
  well: '一切正常',
  waiting: '等待發送：{queued}',
  noCarrier: '沒有已連線的通道',
  paused: '發送已暫停',
  down: '主機未執行',
  troubleTitle: '{carrier} 需要處理',
  faultTitle: '主機未執行',
  faultRetry: '再試一次',
  faultAgain: '系統會自動重新啟動。',
  stillRunning: 'SEPSMS Box 會繼續發送。要結束請使用系統匣圖示。',
  saveAs: '另存新檔',
  noKeyringTitle: '系統沒有保護你的密碼',
  noKeyring:
    '這台機器沒有金鑰圈（例如 GNOME Keyring 或 KWallet），因此保護密碼與 PIN 的金鑰存放在只有你能讀取的檔案：{file}。取得你磁碟副本的人也會取得它。',
  keyLost:
    '無法從系統金鑰圈讀取開啟這台主機密碼的金鑰。請解鎖金鑰圈後再試一次。若金鑰已遺失，請從備份還原 {file}，或移除該檔以全新密碼開始。',
  cannotStart: '無法啟動程式的伺服器部分。',
  tooSlow: '主機未能在 {seconds} 秒內啟動。',
  crashed: '主機意外結束（代碼 {code}）。',
};

/** The words for a locale such as `th-TH`; English where it is none of the three. */
export function wordsFor(locale: string): Words {
  const lower = locale.toLowerCase();
  if (lower.startsWith('th')) return thai;
  return lower.startsWith('zh') ? chinese : english;
}

/** Puts values into the slots of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/gu, (slot, name: string) => String(values[name] ?? slot));
}
