import type { ComponentProps } from 'react';
import css from './button.module.css';

interface Props extends Omit<ComponentProps<'button'>, 'className'> {
  /** How it looks: the one thing to do, an ordinary one, a grave one. Default `plain`. */
  kind?: 'primary' | 'plain' | 'danger';
}

/** A button a glove can hit: at least 60 × 60 px. */
export function Button({ kind = 'plain', type = 'button', ...rest }: Props) {
  return <button {...rest} type={type} className={css['button']} data-kind={kind} />;
}
