// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { livePass } from '../../../support/gallery/states.ts';
import { renderCard } from '../render-app.tsx';

const ask = () => renderCard({ state: 'check', reason: 'temperature-needed', pass: livePass });
const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
/** Other buttons under the same finger are deaf for a moment. */
const aMoment = () => act(() => void vi.advanceTimersByTime(400));
const type = (digits: string) => {
  tap('输入体温');
  aMoment();
  for (const digit of digits) tap(digit);
};

// the card is deaf at first
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the temperature step', () => {
  it('has a word and a shape of its own: a good person does not see the triangle of a caution', () => {
    ask();
    expect(screen.getByRole('heading', { name: '测温' })).toBeDefined();
    expect(document.querySelector('[data-shape="temperature"]')).not.toBeNull();
    expect(document.querySelector('[data-look] [data-shape="check"]')).toBeNull();
    expect(document.querySelector('[data-look="temperature"][data-state="check"]')).not.toBeNull();
  });

  it('takes "normal" with one tap', () => {
    const { actions } = ask();
    tap('体温正常');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith('normal');
  });

  it('takes a fever with one tap, as high: there is no number nobody has measured', () => {
    const { actions } = ask();
    tap(/体温异常/);
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith('high');
  });

  it('takes a typed value: three digits, no decimal point', () => {
    const { actions } = ask();
    type('368');
    tap('确定');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith(36.8);
  });

  it.each([
    ['339', '34.0℃ 到 42.9℃'],
    ['430', '34.0℃ 到 42.9℃'],
    ['36', '三位数'],
    ['', '三位数'],
    ['986', '98.6 ℉ 是 37.0℃，请输 370'],
    ['932', '93.2 ℉ 是 34.0℃，请输 340'],
    ['931', '34.0℃ 到 42.9℃'],
  ])('refuses %s, which is no temperature of a person in ℃, and says why', (digits, why) => {
    const { actions } = ask();
    type(digits);
    const confirm = screen.getByRole('button', { name: '确定' });
    expect(confirm).toHaveProperty('disabled', true);
    expect(
      document.getElementById(confirm.getAttribute('aria-describedby') ?? '')?.textContent,
    ).toContain(why);
    tap('确定');
    expect(actions.temperature).not.toHaveBeenCalled();
  });

  it.each(['340', '429'])('accepts %s, the edge of its range', (digits) => {
    const { actions } = ask();
    type(digits);
    tap('确定');
    expect(actions.temperature).toHaveBeenCalledExactlyOnceWith(Number(digits) / 10);
  });

  it('is not answered by the second of two quick taps that open and close the keys', () => {
    const { actions } = ask();
    tap('输入体温');
    tap('3');
    aMoment();
    expect(document.querySelector('output')?.textContent).toContain('__._');
    tap('删除');
    tap('体温正常');
    expect(actions.temperature).not.toHaveBeenCalled();
    aMoment();
    tap('体温正常');
    expect(actions.temperature).toHaveBeenCalledOnce();
  });

  it('does not go away by a tap beside its buttons', () => {
    const { actions } = ask();
    fireEvent.click(screen.getByLabelText('核验结果'));
    fireEvent.keyDown(document.body, { key: ' ' });
    expect(actions.dismissCard).not.toHaveBeenCalled();
    aMoment();
    tap('不放行');
    expect(actions.dismissCard).not.toHaveBeenCalled();
    aMoment();
    tap('本人离开了');
    expect(actions.refuse).toHaveBeenCalledExactlyOnceWith('left');
  });
});
