import { type ReactNode, useState } from 'react';
import { Select } from '../labelled.tsx';
import { Paper } from '../paper.tsx';
import look from './poster.module.css';
import { Poster, type PosterFacts, type PosterTongues, Sticker } from './poster.tsx';

const sizes = ['a4', 'a5', 'sticker'] as const;
type Size = (typeof sizes)[number];

/** As many as a page holds. */
const stickers = ['1', '2', '3', '4'];

interface Props {
  readonly poster: PosterFacts;
  readonly tongues: PosterTongues;
  /** Of the choice of paper, in the reader's language. */
  readonly words: Readonly<Record<Size | 'size', string>>;
  /** Class of the form. */
  readonly form: string | undefined;
  /** What is done with it: between the choice and the picture. */
  readonly children: ReactNode;
}

/** What hangs at the entrance: looked at, and printed on the paper that is chosen. */
export function PosterSheet({ poster, tongues, words, form, children }: Props) {
  const [size, setSize] = useState<Size>('a4');
  const both = { poster, tongues };
  return (
    <>
      <div className={form}>
        <Select
          label={words.size}
          value={size}
          choices={sizes.map((one) => [one, words[one]] as const)}
          onChange={setSize}
        />
      </div>
      {children}
      <div className={look['preview']} data-size={size}>
        {size === 'sticker' ? <Sticker {...both} /> : <Poster {...both} />}
      </div>
      <Paper className={`${look['paper']} ${look[size === 'sticker' ? 'stickers' : size]}`}>
        {size === 'sticker' ? (
          stickers.map((one) => <Sticker key={one} {...both} />)
        ) : (
          <Poster {...both} />
        )}
      </Paper>
    </>
  );
}
