import type { Texts } from '../dictionary.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Texts<typeof english> = {
  'error.network.unreachable': '主機沒有回應。請確認主機正在執行，且此裝置位於同一個網路。',
  'error.network.timeout': '主機回應太慢，請再試一次。',
  'error.answer.unreadable': '本頁無法讀取主機的回應，請重新載入頁面。',
  'error.auth.session_required': '登入已失效，請重新登入。',
  'error.auth.wrong_password': '名稱或密碼錯誤。',
  'error.auth.locked': '錯誤次數過多，請稍候再試。',
  'error.auth.user_disabled': '此使用者已停用，無法登入。請洽管理員。',
  'error.auth.code_required': '請輸入驗證器應用程式顯示的驗證碼。',
  'error.auth.wrong_code': '驗證碼錯誤或已使用過，請等待下一組。',
  'error.user.last_admin': '這是唯一能登入的管理員，請先指定其他人為管理員。',
  'error.auth.forbidden': '您的權限不足，請洽管理員。',
  'error.auth.setup_done': '主機已有管理員，請重新載入頁面並登入。',
  'error.auth.wrong_setup_code': '設定碼錯誤，請查看啟動主機的主控台。',
  'error.message.not_found': '找不到這則訊息。',
  'error.recipient.not_found': '找不到這位收訊人。',
  'error.rate_limit.exceeded': '請求過多，請稍候再試。',
  'error.store.disk_full': '主機的磁碟已滿，請釋出空間。',
  'error.store.unavailable': '主機暫時無法使用資料，請稍後再試。',
  'error.box.stopping': '主機正在停止。',
  'error.internal.fault': '主機內部發生錯誤，詳情請見記錄檔。',
};
