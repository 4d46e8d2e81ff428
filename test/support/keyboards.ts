/** What a scanner set to a US keyboard types where the phone has another one: sign by sign. */
const us =
  '`1234567890-=qwertyuiop[]asdfghjkl;\'\\zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?';
export const keyboards = {
  azerty:
    '²&é"\'(-è_çà)=azertyuiop^$qsdfghjklmù*wxcvbn,;:!³1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µWXCVBN?./§',
  german:
    '^1234567890ß´qwertzuiopü+asdfghjklöä#yxcvbnm,.-°!"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄ\'YXCVBNM;:_',
  turkish:
    '"1234567890*-qwertyuıopğüasdfghjklşi,zxcvbnmöç.é!\'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;ZXCVBNMÖÇ:',
  russian:
    'ё1234567890-=йцукенгшщзхъфывапролджэ\\ячсмитьбю.Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭ/ЯЧСМИТЬБЮ,',
  spanish:
    'º1234567890\'¡qwertyuiop`+asdfghjklñ´çzxcvbnm,.-ª!"·$%&/()=?¿QWERTYUIOP^*ASDFGHJKLÑ¨ÇZXCVBNM;:_',
} as const;
export type Keyboard = keyof typeof keyboards;

export const typedOn = (keyboard: Keyboard, text: string): string =>
  [...text].map((letter) => keyboards[keyboard][us.indexOf(letter)] ?? letter).join('');

for (const [name, keys] of Object.entries(keyboards)) {
  if (keys.length !== us.length)
    throw new Error(`${name} has ${keys.length} keys, not ${us.length}`);
}
