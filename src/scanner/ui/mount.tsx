import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Boundary } from './parts/boundary.tsx';
import { onlyWhatIsShown } from './taps/only-what-is-shown.ts';
import './theme.css';
import type { UiApp } from './ui-app.ts';
import { UiContext } from './use-ui.ts';

/** Shows the scanner in `root`; returns how to take it away again. */
export function mount(root: HTMLElement, app: UiApp): () => void {
  const tree = createRoot(root);
  const stop = onlyWhatIsShown(root);
  tree.render(
    <UiContext value={app}>
      <Boundary>
        <App />
      </Boundary>
    </UiContext>,
  );
  return () => {
    stop();
    tree.unmount();
  };
}
