import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Boundary } from './parts/boundary.tsx';
import './theme.css';
import type { UiApp } from './ui-app.ts';
import { UiContext } from './use-ui.ts';

/** Shows the scanner in `root`; returns how to take it away again. */
export function mount(root: HTMLElement, app: UiApp): () => void {
  const tree = createRoot(root);
  // after the camera, like everything else that is pressed
  const taps = import('./taps/only-what-is-shown.ts').then((late) => late.onlyWhatIsShown(root));
  taps.catch(() => undefined);
  tree.render(
    <UiContext value={app}>
      <Boundary>
        <App />
      </Boundary>
    </UiContext>,
  );
  return () => {
    void taps.then((stop) => stop());
    tree.unmount();
  };
}
