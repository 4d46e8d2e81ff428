// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDigit } from '../../../../src/core/log/manual.ts';
import { cardOf, readyState } from '../../../support/gallery/states.ts';
import { renderApp, renderCard } from '../render-app.tsx';

const button = (name: string) => screen.getByRole('button', { name });
/** What just came in sight is deaf for a moment. */
const aMoment = () => act(() => void vi.advanceTimersByTime(400));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const tap = async (name: string) => {
  aMoment();
  fireEvent.click(button(name));
  await act(async () => void (await vi.dynamicImportSettled()));
};
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function openForm(mode?: 'confirm' | 'measure') {
  const temperature = mode && { temperature: { mode, limitC: 37.3 } };
  const view = renderApp({ trust: { ...readyState.trust, ...temperature } });
  await tap('手工登记');
  aMoment();
  return view;
}

describe('registering by hand', () => {
  it('lets a person without a phone in with one tap, and asks for no name', async () => {
    const { actions } = await openForm();
    expect(screen.getAllByRole('textbox')).toHaveLength(1);
    await tap('放行');
    expect(actions.registerByHand).toHaveBeenCalledExactlyOnceWith({
      category: 'no-phone',
      tail: '',
      companions: 0,
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('writes category, end of the ID and companions', async () => {
    const { actions } = await openForm();
    fireEvent.click(screen.getByLabelText('老人'));
    type('证件后四位，或纸质码编号', '012x');
    await tap('多一个');
    await tap('多一个');
    await tap('少一个');
    await tap('放行');
    expect(actions.registerByHand).toHaveBeenCalledWith({
      category: 'elder',
      tail: '012X',
      companions: 1,
    });
  });

  it('takes no letter of a name and not more than a paper number', async () => {
    await openForm();
    type('证件后四位，或纸质码编号', '张三1101011990010112');
    const field = screen.getByLabelText('证件后四位，或纸质码编号');
    expect(field).toHaveProperty('value', '1101011990010112');
    fireEvent.blur(field);
    expect(field).toHaveProperty('value', '0112');
  });

  it('refuses a mistyped paper number by its check digit', async () => {
    await openForm();
    const good = `4711052${checkDigit('4711052')}`;
    type('证件后四位，或纸质码编号', `4711053${good.at(-1)}`);
    expect(button('放行')).toHaveProperty('disabled', true);
    expect(document.body.textContent).toContain('编号不对');
    type('证件后四位，或纸质码编号', good);
    expect(button('放行')).toHaveProperty('disabled', false);
  });

  it('needs a reason to send somebody away', async () => {
    const { actions } = await openForm();
    await tap('不放行');
    expect(actions.registerByHand).not.toHaveBeenCalled();
    await tap('没有证件');
    expect(actions.registerByHand).toHaveBeenCalledWith(
      expect.objectContaining({ refusal: 'no-document' }),
    );
  });

  it('leads back from the reasons of a refusal to the form as it was', async () => {
    const { actions } = await openForm('measure');
    fireEvent.click(screen.getByLabelText('老人'));
    type('证件后四位，或纸质码编号', '012X');
    type('体温', '365');
    await tap('不放行');
    expect(document.activeElement?.textContent).toContain('为什么不放行？');
    await tap('返回');
    expect(screen.queryByText('没有证件')).toBeNull();
    expect(screen.getByLabelText('体温')).toHaveProperty('value', '36.5');
    await tap('放行');
    expect(actions.registerByHand).toHaveBeenCalledExactlyOnceWith({
      category: 'elder',
      tail: '012X',
      companions: 0,
      temperatureC: 36.5,
    });
  });

  it.each([
    ['', '36', '先测温', ''],
    ['', '378', '体温异常', ''],
    ['12', '365', '证件号没输完', '证件号没输完'],
    ['12345', '365', '证件号没输完', '证件号没输完'],
    ['47110530', '365', '编号不对', '编号不对'],
    ['012X', '365', '', ''],
  ])(
    'says at each button that cannot be pressed why: number "%s", temperature "%s"',
    async (tail, taken, admit, refuse) => {
      await openForm('measure');
      type('证件后四位，或纸质码编号', tail);
      type('体温', taken);
      const says = (name: string) => {
        const it = button(name);
        const why = document.getElementById(it.getAttribute('aria-describedby') ?? '')?.textContent;
        expect(it).toHaveProperty('disabled', why !== '');
        return why;
      };
      expect([says('放行'), says('不放行')]).toEqual([admit, refuse]);
    },
  );

  it('admits nobody before the temperature the venue asks for', async () => {
    await openForm('confirm');
    expect(button('放行')).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByLabelText('体温正常'));
    expect(button('放行')).toHaveProperty('disabled', false);
  });

  it('cannot let a fever in, and sends it away with its reason in one tap', async () => {
    const { actions } = await openForm('measure');
    type('体温', '378');
    expect(button('放行')).toHaveProperty('disabled', true);
    await tap('不放行');
    expect(actions.registerByHand).toHaveBeenCalledWith(
      expect.objectContaining({ temperatureC: 37.8, refusal: 'fever' }),
    );
  });

  it.each(['378', '37.8', '37,8', '３７８', '３７．８'])(
    'takes a temperature typed as %s',
    async (typed) => {
      const { actions } = await openForm('measure');
      type('体温', typed);
      await tap('不放行');
      expect(actions.registerByHand).toHaveBeenCalledWith(
        expect.objectContaining({ temperatureC: 37.8 }),
      );
    },
  );

  it('reads no code while the form is open, and reads on after it', async () => {
    const { actions } = await openForm();
    expect(actions.holdReading).toHaveBeenLastCalledWith(true);
    await tap('关闭');
    expect(actions.holdReading).toHaveBeenLastCalledWith(false);
  });

  it('is offered on a card that could not be verified', async () => {
    const card = cardOf({ state: 'unknown', reason: 'original-way' });
    const { actions } = renderApp({ card });
    const onCard = () => screen.queryByLabelText('核验结果');
    aMoment();
    fireEvent.click(within(onCard() as HTMLElement).getByText('手工登记'));
    await act(async () => void (await vi.dynamicImportSettled()));
    expect(screen.getByRole('dialog').textContent).toContain('按原有方式');
    expect(onCard()).toBeNull();
    fireEvent.click(screen.getByLabelText('关闭'));
    expect(onCard()).not.toBeNull(); // not filled in: the person still waits for an outcome
    expect(actions.dismissCard).not.toHaveBeenCalled();
  });
});

describe('the flash', () => {
  it('says for 0.8 s that somebody was registered, and never comes back', () => {
    const { store } = renderApp();
    act(() => store.setState({ flash: { id: 1, state: 'stop', by: 'hand' } }));
    expect(screen.getAllByRole('status').map((box) => box.textContent)).toContain('拦截已登记');
    act(() => void vi.advanceTimersByTime(800 + 32)); // two frames until it is seen
    expect(screen.getAllByRole('status').map((box) => box.textContent)).not.toContain('拦截已登记');
  });
});

describe('companions on a card', () => {
  it('are counted by a tap of their own, which does not leave the card', () => {
    vi.useFakeTimers();
    const { actions } = renderCard({ state: 'pass', reason: 'admitted' });
    fireEvent.click(button('+ 同行人'));
    expect(actions.setCompanions).toHaveBeenCalledExactlyOnceWith(1);
    expect(actions.dismissCard).not.toHaveBeenCalled();
    expect(actions.holdCard).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});
