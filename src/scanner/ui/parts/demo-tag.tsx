import { useApp, useWords } from '../use-ui.ts';
import css from './demo-tag.module.css';

/** Says DEMO wherever the app is built on demo keys; every screen carries one. */
export function DemoTag() {
  const demo = useApp((state) => state.demo);
  const { t } = useWords();
  return demo ? <strong className={css['tag']}>{t('app.demo')}</strong> : null;
}
