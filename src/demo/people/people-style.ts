/** Of the demo's pages of invented people, as the demo's code page looks. Sizes follow the browser's letters. */
export const peopleStyle = `:root { color-scheme: light dark; --ground: #eef1f4; --card: #fff; --text: #14181d;
  --quiet: #4a5563; --line: #7a8693; --accent: #0b57c2;
  font-family: system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; line-height: 1.4; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1013; --card: #1a1f25; --text: #f2f5f8;
  --quiet: #b6c0cc; --line: #7c8896; --accent: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font-size: 1.125rem; overflow-wrap: anywhere; }
.demo { margin: 0; padding: 0.4rem 0.75rem; background: #6a1b9a; color: #fff; font-size: 1rem; text-align: center; }
main { max-width: 40rem; margin: 0 auto; padding: 0.75rem 1rem 2rem; }
.languages { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.5rem; }
.languages a { display: flex; align-items: center; min-height: 3rem; padding: 0 0.5rem; color: var(--accent); }
.languages a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
h1 { margin: 0.5rem 0 0; font-size: 1.5rem; line-height: 1.25; }
main > p { margin: 0.5rem 0 1rem; color: var(--quiet); }
ul { display: grid; gap: 0.6rem; margin: 0; padding: 0; list-style: none; }
.card { position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; min-height: 3.5rem;
  padding: 0.6rem 1rem; border: 1px solid var(--line); border-radius: 0.6rem; background: var(--card); color: inherit; }
b, .who { font-size: 1.25rem; font-weight: 700; }
.who { color: var(--accent); }
.who::after { position: absolute; inset: 0; border-radius: 0.6rem; content: ""; }
.who:focus-visible { outline: none; }
.who:focus-visible::after { outline: 3px solid var(--accent); outline-offset: 2px; }
.card:hover { border-color: var(--accent); }
.card p { margin: 0; flex: 1 1 12rem; }
span { color: var(--quiet); }
form { display: flex; flex-wrap: wrap; gap: 0.6rem; }
button { min-height: 3rem; padding: 0.4rem 1rem; border: 2px solid var(--line); border-radius: 0.6rem;
  background: var(--card); color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button[value=red] { border-color: #a90018; background: #a90018; color: #fff; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.card .did { display: none; flex-basis: 100%; font-weight: 600; }
.card .did:target { display: block; }
`;
