// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { livePass } from '../../../support/gallery/states.ts';
import { renderCard } from '../render-app.tsx';

const ask = () => renderCard({ state: 'check', reason: 'temperature-needed', pass: livePass });
const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const type = (digits: string) => {
  tap('输入体温');
  for (const digit of digits) tap(digit);
};

describe('the temperature step', () => {
  it('takes "normal" with one tap', () => {
    const { actions } = ask();
    tap('体温正常');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith('normal');
  });

  it('takes a fever with one tap, as the limit itself', () => {
    const { actions } = ask();
    tap(/体温异常/);
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith(37.3);
  });

  it('takes a typed value: three digits, no decimal point', () => {
    const { actions } = ask();
    type('368');
    tap('确定');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith(36.8);
  });

  it.each(['339', '430', '36'])('refuses %s, which no person has', (digits) => {
    const { actions } = ask();
    type(digits);
    expect(screen.getByRole('button', { name: '确定' })).toHaveProperty('disabled', true);
    tap('确定');
    expect(actions.temperature).not.toHaveBeenCalled();
  });

  it.each(['340', '429'])('accepts %s, the edge of its range', (digits) => {
    const { actions } = ask();
    type(digits);
    tap('确定');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith(Number(digits) / 10);
  });

  it('does not go away by a tap beside its buttons', () => {
    const { actions } = ask();
    fireEvent.click(screen.getByLabelText('核验结果'));
    fireEvent.keyDown(document.body, { key: ' ' });
    expect(actions.dismissCard).not.toHaveBeenCalled();
    tap('跳过');
    expect(actions.dismissCard).toHaveBeenCalledOnce();
  });
});
