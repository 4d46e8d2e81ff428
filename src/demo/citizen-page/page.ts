import { demoIssuer } from '../demo-issuers.ts';
import { changed, drawChoices, remember, rememberedChoice } from './choices.ts';
import { stampDayCode } from './day-code.ts';
import { keepForOffline } from './offline.ts';
import { drawQr } from './qr-canvas.ts';
import { type Choice, fetchStamp, type Stamp, type StampProblem } from './stamps.ts';
import { type Language, words } from './words.ts';

/** Seconds between stamps while the code is shown (protocol 1.2), and between tries without a server. */
const every = 15;
const retryAfter = 3;

let language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
let choice: Choice = rememberedChoice();
let stamp: Stamp | undefined;
let problem: StampProblem | undefined;
/** The shown second at which the "screenshot" was taken. */
let frozenAt: number | undefined;
/** Server clock minus this device's, in milliseconds. */
let offset = 0;
let nextTry = 0;
/** The page itself is kept on this phone. */
let isKept = false;
/** Grows with every request, so that a late answer to an old choice is dropped. */
let asked = 0;

function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`#${id} is missing`);
  return element as T;
}
const page = {
  pass: byId('pass'),
  qr: byId<HTMLCanvasElement>('qr'),
  freeze: byId('freeze'),
  choices: byId<HTMLFormElement>('choices'),
};
/** A phone held across: page.css puts the words beside the code. */
const across = window.matchMedia('(max-height: 480px) and (min-aspect-ratio: 1 / 1)');
const now = (): number => Math.floor((Date.now() + offset) / 1000);

async function refresh(): Promise<void> {
  const request = ++asked;
  nextTry = now() + every;
  const isOwn = choice.kind === 'credential';
  const answer = await (isOwn ? stampDayCode(choice) : fetchStamp(choice));
  if (request !== asked || frozenAt !== undefined) return;
  problem = typeof answer === 'string' ? answer : undefined;
  if (typeof answer === 'string') {
    nextTry = now() + retryAfter;
  } else {
    stamp = answer;
    const seen = answer.now * 1000 - Date.now();
    // The answer is in whole seconds: the larger of like offsets is the truer, and no clock jumps back.
    offset = Math.abs(seen - offset) > 2000 ? seen : Math.max(seen, offset);
    nextTry = answer.now + every;
    drawCode();
  }
  drawTime();
}

/** The code as large as is seen at once; where there is none, no colour says that there is. */
function drawCode(): void {
  page.qr.hidden = !stamp;
  const colour = demoIssuer(choice.issuer)?.states[choice.state]?.colour;
  page.pass.dataset['colour'] = (stamp && colour) ?? 'none';
  const frame = page.qr.parentElement;
  if (!stamp || !frame) return;
  const { clientWidth, clientHeight } = frame;
  const high = across.matches ? clientHeight : Math.max(280, window.innerHeight * 0.6);
  drawQr(page.qr, stamp.text, Math.min(clientWidth, high));
}

/** Everything that follows from the choice and the language. */
function draw(): void {
  const say = words[language];
  const issuer = demoIssuer(choice.issuer);
  const state = issuer?.states[choice.state];
  const notice = issuer?.notices[choice.notice];
  document.documentElement.lang = language;
  byId('demo-words').textContent = say.demo;
  byId('language').textContent = say.otherLanguage;
  byId('issuer').textContent = issuer?.name[language] ?? '';
  byId('state').textContent = state?.label[language] ?? '';
  byId('retry').textContent = say.retry;
  byId('holder').textContent = choice.relative ? '李*花 · 13…08' : '张*三 · 12…2X';
  page.qr.setAttribute('aria-label', say.qr);
  show('relative', choice.relative ? say.relative : undefined);
  show('notice', notice?.label[language]);
  page.freeze.textContent = frozenAt === undefined ? say.freeze : say.thaw;
  page.freeze.setAttribute('aria-pressed', String(frozenAt !== undefined));
  drawChoices(page.choices, choice, language);
  drawTime();
}

/** Everything that changes with the clock. A screenshot's clock stands still, and so does ours. */
function drawTime(): void {
  const say = words[language];
  byId('clock').textContent = clockText(frozenAt ?? now());
  const age = stamp && Math.max(0, now() - stamp.iat);
  const isOver = stamp !== undefined && now() >= stamp.exp;
  const left = Math.max(0, nextTry - now());
  const refreshes = choice.kind !== 'paper' && !problem ? say.refresh(left) : '';
  let text = age === undefined ? say.waiting : `${say.generated(age)}${refreshes}`;
  if (isOver) text = say.expired;
  if (frozenAt !== undefined && age !== undefined) text = say.frozen(age);
  byId('age').textContent = text;
  page.pass.toggleAttribute('data-old', isOver || frozenAt !== undefined);
  show('credential', credentialWords());
  byId('trouble').hidden = !problem;
  const trouble = problem ? say[problem] : '';
  if (byId('trouble-words').textContent !== trouble) byId('trouble-words').textContent = trouble;
}

/** What a code made on this phone rests on, and until when. */
function credentialWords(): string | undefined {
  const credential = stamp?.credential;
  if (!credential || problem) return undefined;
  const say = words[language];
  const until = clockText(credential.exp).slice(5, 16);
  const offline = isKept ? say.worksOffline : '';
  return `${say.credential(until)}${credential.isLow ? say.renewSoon : offline}`;
}

function show(id: string, text: string | undefined): void {
  byId(id).hidden = text === undefined;
  byId(id).textContent = text ?? '';
}

function clockText(seconds: number): string {
  const at = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

function tick(): void {
  const mayRefresh = frozenAt === undefined && document.visibilityState === 'visible';
  const isNeeded = !stamp || problem || choice.kind !== 'paper';
  if (mayRefresh && isNeeded && now() >= nextTry) void refresh();
  drawTime();
}

page.choices.addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLInputElement)) return;
  choice = changed(choice, event.target);
  remember(choice);
  [stamp, frozenAt, problem] = [undefined, undefined, undefined];
  draw();
  drawCode();
  void refresh();
});
page.choices.addEventListener('submit', (event) => event.preventDefault());
page.freeze.addEventListener('click', () => {
  frozenAt = frozenAt === undefined && stamp ? now() : undefined;
  if (frozenAt === undefined) void refresh();
  draw();
});
byId('language').addEventListener('click', () => {
  language = language === 'en' ? 'zh-CN' : 'en';
  draw();
});
byId('retry').addEventListener('click', () => void refresh());
document.addEventListener('visibilitychange', tick);
window.addEventListener('resize', drawCode);
setInterval(tick, 250);
draw();
void refresh();
void keepForOffline().then((kept) => {
  isKept = kept;
  drawTime();
});
