/** What a text that is no pass looks like, so that the card can name it. */
export type NotAPass =
  | 'empty'
  | 'web-link'
  | 'wifi'
  | 'contact'
  | 'phone'
  | 'mail'
  | 'location'
  | 'payment'
  | 'venue-code'
  | 'enrolment'
  | 'foreign-pass'
  | 'too-long'
  | 'binary'
  | 'text';

export type PassForm = 'cwt' | 'jwt';

export type Level = 'clear' | 'caution' | 'stop' | 'none';

export type Colour = 'green' | 'orange' | 'yellow' | 'red' | 'none';

/** Words in the languages the trust bundle must carry. */
export interface LocalizedText {
  readonly 'zh-CN': string;
  readonly 'zh-TW': string;
  readonly en: string;
}

/** A language of the screens (BCP 47). */
export type Language = keyof LocalizedText;
