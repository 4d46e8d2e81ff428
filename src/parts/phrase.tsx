import { Fragment } from 'react';

/**
 * A text that may be broken after the Chinese stops and the brackets that close upon them. Where lines are kept to whole phrases
 * (`word-break: keep-all`), WebKit sees no place to break there, and would break within a word.
 */
export function Phrase({ text }: { text: string }) {
  const parts = text
    .split(/([^，；。：！？]*[，；。：！？]+[」』”’）]*)/)
    .filter((part) => part !== '');
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
