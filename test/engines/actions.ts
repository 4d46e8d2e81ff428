/** Input as the WebDriver standard tells it (W3C WebDriver 15, BiDi `input.performActions`). */
export type Actions = readonly object[];

const enterKey = '\uE007';
const escapeKey = '\uE00C';

export const typed = (text: string): Actions => [
  {
    type: 'key',
    id: 'keys',
    actions: [...text].flatMap((key) => strokeOf(key === '\n' ? enterKey : key)),
  },
];

export const escaped: Actions = [{ type: 'key', id: 'keys', actions: strokeOf(escapeKey) }];

export const clicked = (x: number, y: number): Actions => [
  {
    type: 'pointer',
    id: 'mouse',
    actions: [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ],
  },
];

function strokeOf(value: string): object[] {
  return [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ];
}
