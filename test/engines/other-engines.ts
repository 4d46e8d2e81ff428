import { firefoxPath, startFirefox } from './firefox.ts';
import { startWebkit, webkitIsHere } from './webkit.ts';

const engines = [
  {
    name: 'Firefox',
    start: startFirefox,
    isHere: firefoxPath !== undefined,
    comesWith: 'firefox-esr, or FIREFOX_PATH',
  },
  {
    name: 'WebKit',
    start: startWebkit,
    isHere: webkitIsHere,
    comesWith: 'webkit2gtk-driver, gjs, gir1.2-webkit2-4.1, xvfb',
  },
];

/** Those beside Chromium, and for a title what they come with where they are not here. */
export const otherEngines = engines.map(({ comesWith, ...engine }) => ({
  ...engine,
  missing: engine.isHere ? '' : `, which is not here (Debian: ${comesWith})`,
}));
