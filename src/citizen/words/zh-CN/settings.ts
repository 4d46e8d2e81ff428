import type { Messages } from '../en.ts';

export const settings = {
  'settings.large': '大字版',
  'settings.largeWhy': '文字和按钮都放大',
  'settings.hideNameWhy': '亮码时不显示姓名和证件号',
  'settings.privacy': '本机保存的内容',
  'settings.storedCode':
    '一天内有效的签名码：颜色、隐去部分的姓名和证件号（您和出示过的家人），以及对应的密钥。',
  'settings.storedVisits': '还没上传的进入登记：上传后删除，退出登录也留到上传为止。',
  'settings.storedChoices': '语言、字号、是否隐藏姓名。',
  'settings.notStored': '不保存：完整姓名和证件号、申报内容。',
  'settings.deleted': '退出登录后，除此和设置外全部删除。',
} satisfies Partial<Messages>;
