import type { Texts } from '../dictionary.ts';
import type { welcome as english } from '../en/welcome.ts';

export const welcome: Texts<typeof english> = {
  'welcome.addCredits': '先加入 {number} 點',
  'welcome.credits': '已有 {count} 點。',
  'welcome.done': '已完成',
  'welcome.dontCount': '不計算點數',
  'welcome.finish': '前往總覽',
  'welcome.help.carrier': '訊息經由裝有 SIM 卡的數據機，或經由簡訊供應商送出。沒有這些也能用模擬數據機試用。',
  'welcome.help.credits': '點數可讓各部門不超出預算；只有自己使用就不需要。',
  'welcome.help.message': '傳一則到您自己的手機。',
  'welcome.help.sender': '您的店名，最多 11 個英數字元。使用數據機時會顯示 SIM 卡號碼。',
  'welcome.later': '稍後再說',
  'welcome.notCounted': '不計算點數。',
  'welcome.number': '您的電話號碼',
  'welcome.numberFault': '請輸入完整號碼，例如 0812345678。',
  'welcome.sample': '來自我自己的簡訊閘道，您好！',
  'welcome.send': '發送第一則訊息',
  'welcome.simulator': '使用模擬數據機',
  'welcome.step.carrier': '發送通道',
  'welcome.step.credits': '點數',
  'welcome.step.message': '第一則訊息',
  'welcome.step.sender': '發送者名稱',
  'welcome.text': '四個步驟就能送出第一則訊息，之後都可更改。',
  'welcome.title': '設定您的主機',
  'welcome.useName': '使用這個名稱',
};
