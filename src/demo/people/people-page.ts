import type { TestPerson } from '../test-persons.ts';
import { peopleWords } from './people-words.ts';

type Language = keyof typeof peopleWords;
export const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

const isLanguage = (text: string | undefined): text is Language =>
  (languages as readonly (string | undefined)[]).includes(text);

/** The one that was chosen, else the first that the browser asks for and we have. */
export function languageOf(chosen: string | undefined, accepted = ''): Language {
  if (isLanguage(chosen)) return chosen;
  for (const asked of accepted.split(',')) {
    const tag = asked.split(';')[0]?.trim().toLowerCase() ?? '';
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) return 'zh-TW';
    if (/^zh\b/.test(tag)) return 'zh-CN';
    if (/^en\b/.test(tag)) return 'en';
  }
  return 'zh-CN';
}

/** Its own origin's style and forms; no script at all. What a form answers with leads to the same origin too. */
const policy =
  "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
export const pageHeaders = { 'content-security-policy': policy, 'cache-control': 'no-store' };

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`);

interface Shell {
  readonly language: Language;
  readonly title: string;
  readonly why: string;
  readonly query: Readonly<Record<string, string>>;
  readonly items: readonly string[];
  readonly style: string;
}

const link = (query: Readonly<Record<string, string>>): string =>
  escaped(`?${new URLSearchParams(query)}`);

function shell({ language, title, why, query, items, style }: Shell): string {
  const choices = languages.map(
    (one) =>
      `<a href="${link({ ...query, lang: one })}" lang="${one}" hreflang="${one}"${one === language ? ' aria-current="true"' : ''}>${peopleWords[one].name}</a>`,
  );
  const { demo, languages: label } = peopleWords[language];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · DEMO</title><link rel="stylesheet" href="${style}">
<p class="demo"><strong>演示 DEMO</strong> ${demo}</p>
<main><div class="languages" role="group" aria-label="${label}">${choices.join('')}</div>
<h1>${title}</h1><p>${why}</p><ul>${items.join('\n')}</ul></main></html>`;
}

/** The door of the provider: whoever is chosen is signed in. Links alone, by any key or finger. */
export function choosePage(
  language: Language,
  query: Readonly<Record<string, string>>,
  persons: readonly TestPerson[],
  style: string,
): string {
  const t = peopleWords[language];
  const items = persons.map(
    (person) =>
      `<li class="card"><a class="who" href="${link({ ...query, person: person.id })}">${escaped(person.name)}</a> <span>${escaped(person.shows[language])}</span></li>`,
  );
  return shell({ language, title: t.choose, why: t.chooseWhy, query, items, style });
}

/** Each with a button that turns them red and one that takes back what the demo has told. */
export function turnPage(
  language: Language,
  persons: readonly TestPerson[],
  action: string,
  style: string,
): string {
  const t = peopleWords[language];
  const items = persons.map(
    (
      person,
    ) => `<li class="card"><p><b>${escaped(person.name)}</b> <span>${escaped(person.shows[language])}</span></p>
<form method="post" action="${action}"><input type="hidden" name="person" value="${person.id}">
<input type="hidden" name="lang" value="${language}">
<button name="make" value="red" aria-label="${t.red}: ${person.name}">${t.red}</button>
<button name="make" value="well" aria-label="${t.well}: ${person.name}">${t.well}</button></form>
<p class="did" id="${person.id}-red">✓ ${t.didRed}</p><p class="did" id="${person.id}-well">✓ ${t.didWell}</p></li>`,
  );
  return shell({ language, title: t.turn, why: t.turnWhy, query: {}, items, style });
}
