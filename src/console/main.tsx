/** Composition root of the console: makes it and shows it. */
import { createRoot } from 'react-dom/client';
import { addBuiltIns } from '../core/platform/built-ins.ts';
import { createConsole } from './app/console.ts';
import { createRemote } from './app/remote.ts';
import { address, keep, keepLanguage, language, passkeys, save } from './device/browser.ts';
import { App } from './ui/app.tsx';
import './ui/theme.css';
import { ConsoleContext } from './ui/use-console.ts';

addBuiltIns();
const desk = createConsole({
  remote: createRemote((path, init) => fetch(path, init)),
  ...{ passkeys, address, language: language(), keepLanguage, save, keep },
  ...{ now: Date.now, random: Math.random },
});
window.addEventListener('hashchange', desk.moved);
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <ConsoleContext value={desk}>
      <App />
    </ConsoleContext>,
  );
void desk.start();
