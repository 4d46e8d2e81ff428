import { type Identifier as Name, type Node, type Pattern, parse } from 'acorn';
import { full } from 'acorn-walk';
import { bcd, type Identifier, missingIn } from './compat.ts';

const { api } = bcd;
const { builtins } = bcd.javascript as { builtins: Record<string, Identifier> };

/** Objects everybody knows by name, and what they are. */
const singletons: Readonly<Record<string, string>> = {
  navigator: 'Navigator',
  document: 'Document',
  crypto: 'Crypto',
  history: 'History',
  location: 'Location',
  performance: 'Performance',
  caches: 'CacheStorage',
  indexedDB: 'IDBFactory',
  localStorage: 'Storage',
  sessionStorage: 'Storage',
  screen: 'Screen',
  speechSynthesis: 'SpeechSynthesis',
};
const worlds = ['globalThis', 'window', 'self'];

/**
 * Interfaces whose objects our pages and workers hold: the member of another object is looked for in all
 * of these. A name that one of them has had long enough tells nothing, and is left out.
 */
const held = (name: string): boolean =>
  !/^(Async)?Iterator$/.test(name) &&
  (name in builtins ||
    Object.values(singletons).includes(name) ||
    /^(Window|WorkerGlobalScope|DedicatedWorkerGlobalScope|ServiceWorkerGlobalScope|EventTarget|Node|Element|Event|UIEvent|KeyboardEvent|InputEvent|PointerEvent|MessageEvent|DataTransfer|File|FileList|Blob|Body|Request|Response|Headers|FormData|URL|URLSearchParams|AbortController|AbortSignal|MutationObserver|ResizeObserver|Text(En|De)coder|MediaQueryList|DOM(Rect|Exception|TokenList|StringMap)\w*|CSSStyleDeclaration|Animation|Animatable|HTML\w*Element|SVG\w*Element|CharacterData|Range|Selection|IDB\w+|Cache|Client\w*|ServiceWorker\w*|ExtendableEvent|FetchEvent|Lock\w*|Storage\w*|Subtle\w+|CryptoKey|Media(Devices|Stream|StreamTrack)|InputDeviceInfo|Permission\w*|UserActivation|WakeLock\w*|Image(Bitmap|Data)|OffscreenCanvas\w*|CanvasRenderingContext2D|VideoFrame|BarcodeDetector|(De)?CompressionStream|(Readable|Writable|Transform)Stream\w*|Audio\w*|BaseAudioContext|GainNode|OscillatorNode|Speech\w+|Worker|MessagePort|BroadcastChannel|TrustedType\w*|NetworkInformation|Notification|PerformanceEntry|Crypto)$/.test(
      name,
    ));

/** Every feature that is a member of an object, by its name. */
const members = new Map<string, Identifier[]>();
for (const [name, of] of [...Object.entries(api), ...Object.entries(builtins)]) {
  if (!held(name)) continue;
  for (const [member, feature] of Object.entries(of)) {
    if (member === '__compat' || /_(static|event)$/.test(member)) continue;
    members.set(member, [...(members.get(member) ?? []), feature]);
  }
}

/** Built-ins a script uses that some browser of the floor lacks: `Object.hasOwn`, `.findLast`, `VideoFrame`. */
export function aboveFloor(script: string): Set<string> {
  const tree = parse(script, { ecmaVersion: 'latest', sourceType: 'module' });
  const declared = declaredIn(tree);
  const global = (node: Node): string | undefined =>
    node.type === 'Identifier' && !declared.has((node as Name).name)
      ? (node as Name).name
      : undefined;
  const found = new Set<string>();
  const look = (name: string, ...features: (Identifier | undefined)[]): void => {
    const known = features.filter((feature) => feature?.__compat);
    if (known.length > 0 && known.every((one) => missingIn(one).length > 0)) found.add(name);
  };
  const world = (name: string) =>
    look(name, api[name] ?? builtins[name] ?? api['Window']?.[name] ?? own(name));

  full(tree, (node) => {
    const name = global(node);
    if (name !== undefined) world(name);
    if (node.type !== 'MemberExpression') return;
    const { object, property, computed } = node as never as MemberOf;
    const member = computed ? property.value : property.name;
    if (typeof member !== 'string') return;
    const of = global(object);
    if (of === undefined) return look(`.${member}`, ...(members.get(member) ?? []));
    if (worlds.includes(of)) return world(member);
    const single = Object.hasOwn(singletons, of) ? singletons[of] : undefined;
    if (single !== undefined) return look(`${of}.${member}`, api[single]?.[member]);
    if (!/^[A-Z]/.test(of)) return look(`.${member}`, ...(members.get(member) ?? []));
    look(`${of}.${member}`, builtins[of]?.[member], api[of]?.[`${member}_static`]);
  });
  return found;
}

interface MemberOf {
  readonly object: Node;
  readonly computed: boolean;
  readonly property: { readonly name?: string; readonly value?: unknown };
}

const own = (name: string): Identifier | undefined =>
  api['WorkerGlobalScope']?.[name] ?? api['ServiceWorkerGlobalScope']?.[name];

/** Every name a script declares itself, in whatever scope: a built-in it hides somewhere is not looked for. */
function declaredIn(tree: Node): Set<string> {
  const names = new Set<string>();
  const add = (pattern: Pattern | null | undefined): void => {
    if (pattern?.type === 'Identifier') names.add(pattern.name);
    else if (pattern?.type === 'AssignmentPattern') add(pattern.left);
    else if (pattern?.type === 'RestElement') add(pattern.argument);
    else if (pattern?.type === 'ArrayPattern') for (const one of pattern.elements) add(one);
    else if (pattern?.type === 'ObjectPattern')
      for (const one of pattern.properties) add('value' in one ? one.value : one.argument);
  };
  full(tree, (found) => {
    const node = found as Node & Record<'id' | 'param' | 'local', Pattern> & { params: Pattern[] };
    if (node.type === 'VariableDeclarator') add(node.id);
    if (/Function|^Class/.test(node.type)) add(node.id);
    if (/Function/.test(node.type)) for (const one of node.params) add(one);
    if (node.type === 'CatchClause') add(node.param);
    if (/^Import\w*Specifier$/.test(node.type)) add(node.local);
  });
  return names;
}
