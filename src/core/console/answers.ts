/** What the hub answers to the console: protocol 14. Times are epoch milliseconds. */
import type { Areas } from './areas.ts';
import type { Permission, Role } from './roles.ts';

/** An account. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly areas: Areas;
  readonly createdAt: number;
  readonly disabledAt?: number;
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
  readonly passkeys: number;
  /** To be sent back with a change. */
  readonly version: number;
}

/** Whoever is signed in. */
export type Self = Account & { readonly permissions: readonly Permission[] };

/** What can be done before anybody is signed in. */
export interface WaysIn {
  /** The address has a name and is secure. */
  readonly passkeys: boolean;
  readonly demo: boolean;
  /** An issuing side's desk lies behind `/authority/`. */
  readonly issuing: boolean;
}

export interface OpenInvitation {
  readonly name: string;
  readonly role: Role;
  readonly areas: Areas;
  readonly expiresAt: number;
}
/** The same as its bearer sees it. */
export type LookedAt = OpenInvitation & { readonly passkeys: boolean; readonly operator?: string };

/** A link to be given on: its token is told this once. */
export interface Invited {
  readonly token: string;
  readonly expiresAt: number;
}

export interface MyPasskey {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  readonly usedAt?: number;
}
export interface MySession {
  readonly id: string;
  readonly agent: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly current: boolean;
}
/** One's own account, looked at. */
export interface Me extends Omit<Account, 'passkeys'> {
  readonly passkeys: readonly MyPasskey[];
  readonly sessions: readonly MySession[];
}

/** One act of an operator's. */
export interface ActRow {
  readonly seq: number;
  readonly at: number;
  readonly by: { readonly operator: string; readonly name: string } | 'command-line' | 'nobody';
  readonly act: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
