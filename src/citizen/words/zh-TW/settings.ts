import type { Messages } from '../en.ts';

export const settings = {
  'settings.large': '大字版',
  'settings.largeWhy': '文字和按鈕都放大',
  'settings.hideNameWhy': '亮碼時不顯示姓名和證件號碼',
  'settings.privacy': '本機保存的內容',
  'settings.storedCode':
    '一天內有效的簽名碼：顏色、隱去部分的姓名和證件號碼（您和出示過的家人），以及對應的金鑰。',
  'settings.storedVisits': '還沒上傳的進入登記：上傳後刪除，登出也留到上傳為止。',
  'settings.storedChoices': '語言、字級、是否隱藏姓名。',
  'settings.notStored': '不保存：完整姓名和證件號碼、申報內容。',
  'settings.deleted': '登出後，除此和設定外全部刪除。',
} satisfies Partial<Messages>;
