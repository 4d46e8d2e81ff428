import { expect, it } from 'vitest';
import { en } from '../../src/scanner/words/en/first.ts';
import { pseudo } from '../../src/words/pseudo.ts';

it('makes every text a third longer and keeps its placeholders', () => {
  const strange = pseudo(en);
  for (const [key, text] of Object.entries(en)) {
    const made = strange[key as keyof typeof en];
    expect(made.length).toBeGreaterThanOrEqual(text.length * 1.33);
    expect(made.match(/\{\w+\}/g)).toEqual(text.match(/\{\w+\}/g));
  }
});
