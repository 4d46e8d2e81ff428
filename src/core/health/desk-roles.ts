import type { Role } from '../console/roles.ts';

/** Who may do what at the issuing side's desk; a role that is not named may not. */
const holders = {
  'people:look-up': ['admin', 'desk'],
  'papers:issue': ['admin', 'desk'],
  'appeals:answer': ['admin', 'desk'],
  'facts:import': ['admin', 'desk'],
  'rules:try': ['admin', 'desk'],
  'rules:use': ['admin'],
  'risk:write': ['admin', 'desk'],
  'venues:write': ['admin', 'desk'],
  'visits:export': ['admin', 'desk'],
  'statistics:read': ['admin', 'desk', 'auditor'],
  'acts:read': ['admin', 'auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type DeskPermission = keyof typeof holders;

export const deskMay = (role: Role, what: DeskPermission): boolean =>
  (holders[what] as readonly Role[]).includes(role);

/** All a role may do at the desk, for a page that shows only what can be done. */
export const deskPermissions = (role: Role): readonly DeskPermission[] =>
  (Object.keys(holders) as DeskPermission[]).filter((what) => deskMay(role, what));
