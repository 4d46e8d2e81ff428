import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../../../src/core/units.ts';
import { demoProvider } from '../../../src/demo/identity-provider.ts';
import { languageOf, turnPage } from '../../../src/demo/people/people-page.ts';
import { peopleWords } from '../../../src/demo/people/people-words.ts';
import { testPersons } from '../../../src/demo/test-persons.ts';
import { randomBytes } from '../../support/passes.ts';

const issuer = 'https://demo.example/demo/id';
const redirect = 'https://demo.example/authority/sign-in/back';
const provider = await demoProvider({
  ...{ issuer, redirect, clientId: 'c', clientSecret: 's', random: randomBytes },
  now: () => epochSeconds(1_700_000_000),
});
const asked = {
  ...{ client_id: 'c', redirect_uri: redirect, response_type: 'code', scope: 'openid' },
  ...{ code_challenge_method: 'S256', code_challenge: 'x'.repeat(43), state: 'a&"<b>', nonce: 'n' },
};
const open = (over: object = {}, accepted = '') =>
  provider.request(`/authorize?${new URLSearchParams({ ...asked, ...over })}`, {
    headers: { 'accept-language': accepted },
  });
const linksOf = (page: string) =>
  [...page.matchAll(/href="(\?[^"]*)"/g)].map(
    ([, href = '']) =>
      new URLSearchParams(href.replaceAll(/&#(\d+);/g, (_, unit) => String.fromCharCode(unit))),
  );

describe('the language of the pages of invented people', () => {
  it.each([
    ['zh-TW', '', 'zh-TW'],
    ['fr', 'en-GB', 'en'],
    [undefined, 'zh-Hant-HK,en;q=0.8', 'zh-TW'],
    [undefined, 'zh-HK', 'zh-TW'],
    [undefined, 'zh-CN,zh;q=0.9', 'zh-CN'],
    [undefined, 'de-DE,en;q=0.5', 'en'],
    [undefined, '', 'zh-CN'],
  ] as const)('chosen %s, asked for %s: %s', (chosen, accepted, language) => {
    expect(languageOf(chosen, accepted)).toBe(language);
  });

  it('has the same words in all three', () => {
    const keys = Object.values(peopleWords).map((words) => Object.keys(words).sort());
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
  });
});

describe('the provider’s own page', () => {
  it('says in each language that everybody is invented, and runs nothing', async () => {
    for (const accepted of ['zh-CN', 'zh-TW', 'en'] as const) {
      const answer = await open({}, accepted);
      const page = await answer.text();
      expect(page).toContain(`<html lang="${accepted}">`);
      expect(page).toContain(peopleWords[accepted].demo);
      for (const { name, shows } of testPersons) {
        expect(page).toContain(`>${name}</a>`);
        expect(page).toContain(shows[accepted].replaceAll("'", '&#39;'));
      }
      expect(page).not.toMatch(/<script|style="| on\w+="/);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await provider.request('/style.css')).headers.get('content-type')).toBe('text/css');
  });

  it('carries all that the client asked on, whoever and whatever language is chosen', async () => {
    const links = linksOf(await (await open()).text());
    expect(links).toHaveLength(3 + testPersons.length);
    for (const link of links)
      for (const [name, value] of Object.entries(asked)) expect(link.get(name)).toBe(value);
    const zhang = links.find((link) => link.get('person') === 'zhang');
    const gone = await provider.request(`/authorize?${zhang}`);
    expect(gone.status).toBe(303);
    expect(new URL(gone.headers.get('location') ?? '').searchParams.get('state')).toBe(asked.state);
    const other = links.find((link) => link.get('lang') === 'zh-TW');
    const next = await (await provider.request(`/authorize?${other}`)).text();
    expect(next).toContain(peopleWords['zh-TW'].choose);
  });
});

it('the page that turns people red has two buttons for each, told apart by name, and says what was done', () => {
  const page = turnPage('en', testPersons, '/demo/id/facts', '/demo/id/style.css');
  for (const { id, name } of testPersons) {
    expect(page).toContain(`aria-label="Turn red: ${name}"`);
    expect(page).toContain(`aria-label="Take back: ${name}"`);
    expect(page).toContain(`id="${id}-red"`);
  }
});
