// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { OneOf, SomeOf } from '../../src/parts/choices.tsx';

const choices = [
  ['no', 'No'],
  ['yes', 'Yes'],
] as const;

it('one of a few: none is chosen before somebody has, and what is wrong is told of the question', () => {
  const onChange = vi.fn();
  render(
    <OneOf
      {...{ legend: 'Ill?', choices, value: undefined, onChange }}
      {...{ hint: 'Please choose.', wrong: true }}
    />,
  );
  const group = screen.getByRole('radiogroup', { name: 'Ill?' });
  expect(group.getAttribute('aria-invalid')).toBe('true');
  const hint = document.getElementById(group.getAttribute('aria-describedby') ?? '');
  expect(hint?.textContent).toBe('Please choose.');
  const all = screen.getAllByRole<HTMLInputElement>('radio');
  expect(all.map(({ checked }) => checked)).toEqual([false, false]);
  fireEvent.click(screen.getByLabelText('Yes'));
  expect(onChange).toHaveBeenCalledExactlyOnceWith('yes');
});

it('some of a few: each on and off by itself', () => {
  const onChange = vi.fn();
  render(<SomeOf {...{ legend: 'Which?', choices, values: ['no'], onChange }} />);
  fireEvent.click(screen.getByLabelText('Yes'));
  expect(onChange).toHaveBeenLastCalledWith(['no', 'yes']);
  fireEvent.click(screen.getByLabelText('No'));
  expect(onChange).toHaveBeenLastCalledWith([]);
});
