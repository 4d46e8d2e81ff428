import type { ComponentProps } from 'react';
import css from './desk.module.css';

interface Props extends Omit<ComponentProps<'button'>, 'className'> {
  /** The one thing to do, an ordinary one, a grave one. Default `plain`. */
  kind?: 'primary' | 'plain' | 'danger';
}

/** A button for a mouse or a finger: 44 px high. */
export function Button({ kind = 'plain', type = 'button', ...rest }: Props) {
  return <button {...rest} type={type} className={css['button']} data-kind={kind} />;
}
