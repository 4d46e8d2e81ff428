// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChoiceCode } from '../../../../src/scanner/app/scan/scan-state.ts';
import { cardOf } from '../../../support/gallery/states.ts';
import { renderApp } from '../render-app.tsx';

const squareAt = (x: number, y: number) =>
  [
    [-0.1, -0.1],
    [0.1, -0.1],
    [0.1, 0.1],
    [-0.1, 0.1],
  ].map(([right = 0, down = 0]) => ({ x: x + right, y: y + down }));
const codes: ChoiceCode[] = [
  { what: 'pass', corners: squareAt(0.2, 0.2) },
  { what: 'web-link', corners: squareAt(0.8, 0.5) },
];
const picture = new Blob(['x'], { type: 'image/png' });

beforeAll(() => import('../../../../src/scanner/ui/scan/choose-code.tsx').then(() => undefined));

async function shown() {
  const view = renderApp({ choice: { picture, codes } });
  await act(() => vi.dynamicImportSettled());
  return view;
}

describe('choosing one of several codes on a picture', () => {
  it('says of each where it is and what it claims to be, and outlines it', async () => {
    await shown();
    const buttons = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(buttons).toContain('第 1 个码，左上健康码，还没有核验');
    expect(buttons).toContain('第 2 个码，右边这是网页链接');
    expect(document.querySelectorAll('polygon')).toHaveLength(2);
    expect(document.querySelector('polygon')?.getAttribute('points')).toBe(
      squareAt(0.2, 0.2)
        .map(({ x, y }) => `${x},${y}`)
        .join(' '),
    );
  });

  it('presents the one that is tapped', async () => {
    const { actions } = await shown();
    fireEvent.click(screen.getByRole('button', { name: /^第 2 个码/ }));
    expect(actions.chooseCode).toHaveBeenCalledWith(1);
  });

  it.each(['取消', '关闭'])('can be given up: %s', async (name) => {
    const { actions } = await shown();
    fireEvent.click(screen.getByRole('button', { name }));
    expect(actions.chooseCode).toHaveBeenCalledWith();
  });

  it('shows the picture from memory and forgets it with the sheet', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const { store } = await shown();
    const url = document.querySelector('dialog img')?.getAttribute('src');
    expect(url).toMatch(/^blob:/);
    act(() => store.setState({ card: cardOf({ state: 'stop', reason: 'stale' }) }));
    act(() => {
      const { choice: _, ...rest } = store.getState();
      store.setState(rest, true);
    });
    expect(revoke).toHaveBeenCalledWith(url);
  });
});
