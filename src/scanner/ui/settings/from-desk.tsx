import { languageNames } from '../../../words/translator.ts';
import { useApp, useWords } from '../use-ui.ts';
import css from './about.module.css';

/** What the desk has set for this gate: when, and what. Nothing where it never set anything. */
export function FromDesk() {
  const desk = useApp((state) => state.desk);
  const name = useApp((state) => state.gate?.name);
  const refused = useApp((state) => state.kioskRefused);
  const { t, f } = useWords();
  if (!desk) return null;
  const { gate, iat, rapid, passBackS, language, kiosk, pin } = desk;
  const lines = [
    ...(rapid === undefined ? [] : [t(rapid ? 'desk.rapid.on' : 'desk.rapid.off')]),
    ...(passBackS === undefined
      ? []
      : [t('desk.passBack', { minutes: f.number(Math.round(passBackS / 6) / 10) })]),
    ...(language === undefined ? [] : [t('desk.language', { language: languageNames[language] })]),
    ...(kiosk === undefined ? [] : [t('desk.kiosk', { camera: t(`kiosk.camera.${kiosk}`) })]),
    ...(kiosk && refused ? [t(`kiosk.refused.${refused}`)] : []),
    ...(pin ? [t('desk.pin')] : []),
  ];
  return (
    <section className={css['hint']}>
      <h3>{t('desk.title')}</h3>
      <p>{t('desk.when', { gate: `${name ?? ''} (${gate})`, time: f.stamp(iat * 1000) })}</p>
      {lines.length === 0 && <p>{t('desk.nothing')}</p>}
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}
