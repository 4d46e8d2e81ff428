import { Icon } from '../../../parts/icon.tsx';
import { Phrase } from '../../../parts/phrase.tsx';
import { lookOf, Shape } from '../../../parts/shape.tsx';
import type { Card } from '../../app/scan/scan-state.ts';
import { reasonTitle } from '../reason-title.ts';
import { useApp, useWords, type Words } from '../use-ui.ts';
import css from './headline.module.css';

/** State, reason, what to do next: read out at once, loudly when the answer is no. */
export function Headline({ id, card }: { id: string; card: Card }) {
  const words = useWords();
  const { state } = card.verdict;
  const look = lookOf(card.verdict);
  const elsewhere = useElsewhere(card, words);
  const calm = state === 'pass' || state === 'check';
  return (
    <div id={id} role={calm ? 'status' : 'alert'} className={css['headline']} data-look={look}>
      <div className={css['state']}>
        <Shape state={look} />
        <h1 className={css['word']}>{wordOf(card, words)}</h1>
      </div>
      <div className={css['say']}>
        <p className={css['reason']}>
          <Phrase text={titleOf(card, words)} />
        </p>
        <p>
          <Phrase text={elsewhere ?? whyOf(card, words)} />
        </p>
        <p className={css['next']}>
          <Icon name="go" />
          <span>
            <Phrase text={nextOf(card, words)} />
          </span>
        </p>
      </div>
    </div>
  );
}

/** A good code that is only looked at lets nobody in, and must not read as if it did. */
const wordOf = ({ look, verdict }: Card, { t }: Words): string =>
  t(look && verdict.state === 'pass' ? 'look.valid' : `state.${lookOf(verdict)}`);

/** An orange or yellow code by its own name. */
function titleOf({ verdict: { reason, pass, boundTo } }: Card, words: Words): string {
  const colour = reason === 'colour-caution' ? pass?.stateLabel?.[words.language] : undefined;
  return colour ?? reasonTitle(reason, words, boundTo);
}

/** Yellow is looked into at the gate; orange is the community's (each city's own rule). */
function nextOf({ look, verdict: { reason, pass } }: Card, { t }: Words): string {
  if (look) return t('look.hint');
  const isOrange = reason === 'colour-caution' && pass?.colour === 'orange';
  return t(isOrange ? 'reason.colour-caution.orange' : `reason.${reason}.next`);
}

/** At which gate of the site it was let in, where the hub has said what that is called. */
function useElsewhere({ verdict, at }: Card, { t, f }: Words): string | undefined {
  const gates = useApp((state) => state.group?.gates);
  const { reason, seen } = verdict;
  const gate = reason === 'shown-elsewhere' && seen ? gates?.[seen.gate] : undefined;
  if (gate === undefined || !seen) return undefined;
  const ago = f.ago(Math.max(0, Math.round((at - seen.at) / 1000)));
  return t('card.seenElsewhereAt', { gate, ago, time: f.time(seen.at, true) });
}

/** What the thing is if it is no pass; when it was seen if it was; else why in plain words. */
function whyOf({ verdict, at }: Card, { t, f }: Words): string {
  const { reason, what, seen } = verdict;
  if (what !== undefined) return t(`what.${what}`);
  if (seen === undefined) return t(`reason.${reason}.why`);
  const ago = f.ago(Math.max(0, Math.round((at - seen.at) / 1000)));
  if (reason === 'shown-elsewhere') return t('card.seenElsewhere', { ago });
  return t('card.seen', { ago });
}
