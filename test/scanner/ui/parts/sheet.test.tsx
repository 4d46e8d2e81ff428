// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Sheet } from '../../../../src/scanner/ui/parts/sheet.tsx';
import { renderApp } from '../render-app.tsx';

const dialog = (title: string) => {
  const found = screen.getByRole('heading', { name: title }).closest('dialog');
  if (found === null) throw new Error(`no dialog called ${title}`);
  return found;
};

function open() {
  const closed = { outer: vi.fn(), inner: vi.fn() };
  renderApp(
    {},
    <Sheet title="outer" onClose={closed.outer}>
      <Sheet title="inner" onClose={closed.inner}>
        <input type="file" aria-label="picture" />
      </Sheet>
    </Sheet>,
  );
  return closed;
}

describe('Escape and the back gesture (both are `cancel` of the dialog on top)', () => {
  it('close the innermost sheet only: the sheet below it stays', () => {
    const closed = open();
    fireEvent(dialog('inner'), new Event('cancel', { cancelable: true }));
    expect(closed.inner).toHaveBeenCalledOnce();
    expect(closed.outer).not.toHaveBeenCalled();
  });

  it('close the outer one when it is the one on top', () => {
    const closed = open();
    fireEvent(dialog('outer'), new Event('cancel', { cancelable: true }));
    expect(closed.outer).toHaveBeenCalledOnce();
    expect(closed.inner).not.toHaveBeenCalled();
  });

  it('a file dialog that was called off closes no sheet: its `cancel` bubbles', () => {
    const closed = open();
    const called = new Event('cancel', { bubbles: true, cancelable: true });
    fireEvent(screen.getByLabelText('picture'), called);
    expect(closed.inner).not.toHaveBeenCalled();
    expect(closed.outer).not.toHaveBeenCalled();
  });
});
