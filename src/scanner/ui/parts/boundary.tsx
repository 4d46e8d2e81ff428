import { Component, type ReactNode } from 'react';
import { Button } from '../../../parts/button.tsx';
import { useWords } from '../use-ui.ts';
import { Page } from './page.tsx';

/** Keeps a screen that broke from becoming a blank one: says so, and offers to open again. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  constructor(props: { children: ReactNode }) {
    super(props);
    this.state = { broken: false };
  }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <Page>
      <div role="alert">
        <h1>{t('fault.internal.title')}</h1>
        <p>{t('fault.internal.next')}</p>
      </div>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('app.reload')}
      </Button>
    </Page>
  );
}
