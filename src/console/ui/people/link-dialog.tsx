import { useState } from 'react';
import { QrCode } from '../../../parts/qr-code.tsx';
import { Button } from '../parts/button.tsx';
import css from '../parts/desk.module.css';
import { Dialog } from '../parts/dialog.tsx';
import { useConsole, useWords } from '../use-console.ts';
import type { Link } from './link.ts';

/** The link of an invitation, shown this once. */
export function LinkDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const desk = useConsole();
  const { t, f } = useWords();
  const [copied, setCopied] = useState(false);
  const { name, token, expiresAt } = link;
  const url = `${desk.base}/console/#invite=${token}`;
  const copy = () =>
    navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Dialog title={t('people.linkFor', { name })} onClose={onClose}>
      <p>{t('people.linkOnce', { name, time: f.stamp(expiresAt) })}</p>
      <QrCode text={url} label={t('people.qr')} />
      <p className={css['note']}>
        <code>{url}</code>
      </p>
      <div className={css['row']}>
        <Button kind="primary" onClick={() => void copy()}>
          {t('people.copy')}
        </Button>
        <span role="status">{copied && t('people.copied')}</span>
      </div>
    </Dialog>
  );
}
