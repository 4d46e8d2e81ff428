const browsers = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/HuaweiBrowser\/(\d+)/, 'Huawei'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* .*Safari/, 'Safari'],
] as const;
const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** What a browser calls itself, short enough to be told from another: `Chrome 120, Windows`. */
export function browserName(agent: string): string {
  const [pattern, name] = browsers.find(([wanted]) => wanted.test(agent)) ?? [];
  const version = pattern?.exec(agent)?.[1];
  const system = systems.find(([wanted]) => wanted.test(agent))?.[1];
  const browser = name && (version ? `${name} ${version}` : name);
  return [browser, system].filter(Boolean).join(', ') || agent.slice(0, 40) || '—';
}
