import { type DemoIssuer, demoIssuer, demoIssuers } from '../demo-issuers.ts';
import type { Choice } from './stamps.ts';
import { type Language, type Words, words } from './words.ts';

/** Fills the form with everything that can be chosen for the issuer at hand. */
export function drawChoices(form: HTMLFormElement, choice: Choice, language: Language): void {
  const say = words[language];
  const issuer = demoIssuer(choice.issuer);
  if (!issuer) return;
  const focused = document.activeElement?.id;
  form.replaceChildren(
    group(
      say.issuer,
      'issuer',
      demoIssuers.map(({ id, name }) => [id, name[language]]),
      choice.issuer,
    ),
    group(say.state, 'state', labels(issuer.states, language), choice.state),
    ...noticeGroup(issuer, choice, language),
    group(say.kind, 'kind', kinds(say), choice.kind),
    group(say.form, 'form', forms(choice), choice.form),
    group(say.more, 'relative', [['1', say.relativeHeld]], choice.relative ? '1' : '', 'checkbox'),
  );
  if (focused) document.getElementById(focused)?.focus();
}

/** The choice with one answer changed, made consistent again. */
export function changed(choice: Choice, { name, value, checked }: HTMLInputElement): Choice {
  const next: Choice =
    name === 'relative' ? { ...choice, relative: checked } : { ...choice, [name]: value };
  const issuer = demoIssuer(next.issuer);
  if (name === 'issuer') {
    next.state = Object.keys(issuer?.states ?? {})[0] ?? '';
    next.notice = '';
  }
  if (next.kind === 'credential') next.form = 'cwt';
  return next;
}

const remembered = 'kakou-demo-choice';
const first: Choice = {
  issuer: 'CN-TJ',
  state: 'g',
  kind: 'live',
  form: 'cwt',
  relative: false,
  notice: '',
};

/** The choice of the last visit, so that a code made offline is back after a reload. */
export function rememberedChoice(): Choice {
  try {
    const { kind, ...kept }: Partial<Choice> = JSON.parse(localStorage.getItem(remembered) ?? '{}');
    const choice = { ...first, ...kept, ...(kind === 'credential' && { kind }) };
    const issuer = demoIssuer(choice.issuer);
    const isKnown = issuer && Object.hasOwn(issuer.states, choice.state);
    const isFitting = choice.notice === '' || Object.hasOwn(issuer?.notices ?? {}, choice.notice);
    return isKnown && isFitting ? choice : first;
  } catch {
    return first;
  }
}

export function remember(choice: Choice): void {
  localStorage.setItem(remembered, JSON.stringify(choice));
}

type Option = readonly [value: string, label: string];

const labels = (
  codes: DemoIssuer['states'] | DemoIssuer['notices'],
  language: Language,
): Option[] => Object.entries(codes).map(([code, { label }]) => [code, label[language]]);

const kinds = (say: Words): Option[] => [
  ['live', say.live],
  ['credential', say.credentialKind],
  ['paper', say.paper],
];

/** A credential exists as CWT only. */
const forms = ({ kind }: Choice): Option[] =>
  kind === 'credential'
    ? [['cwt', 'CWT']]
    : [
        ['cwt', 'CWT'],
        ['jwt', 'JWT'],
      ];

function noticeGroup(issuer: DemoIssuer, choice: Choice, language: Language): HTMLElement[] {
  const notices = labels(issuer.notices, language);
  if (notices.length === 0) return [];
  const say = words[language];
  return [group(say.notice, 'notice', [['', say.none], ...notices], choice.notice)];
}

function group(
  title: string,
  name: keyof Choice,
  options: readonly Option[],
  current: string,
  type: 'radio' | 'checkbox' = 'radio',
): HTMLElement {
  const set = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = title;
  set.append(legend);
  for (const [value, text] of options) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    Object.assign(input, { type, name, value, id: `${name}-${value}`, checked: value === current });
    label.append(input, text);
    set.append(label);
  }
  return set;
}
