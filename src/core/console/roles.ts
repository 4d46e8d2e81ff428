/** What an operator may do, by role: protocol 14. Areas narrow it further. */
export const roles = ['admin', 'supervisor', 'auditor', 'desk'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may do what; a role that is not named may not. `desk` is of the issuing side: on the hub it
 * has its own account and the word that opens the desk there, and nothing else.
 */
const holders = {
  'operators:manage': ['admin'],
  'acts:read': ['admin', 'auditor'],
  'sites:write': ['admin'],
  'gates:read': ['admin', 'supervisor', 'auditor'],
  'gates:write': ['admin', 'supervisor'],
  'devices:read': ['admin', 'supervisor', 'auditor'],
  'devices:write': ['admin', 'supervisor'],
  'log:read': ['admin', 'supervisor', 'auditor'],
  /** Tables whose rows name the device. */
  'log:export': ['admin', 'supervisor'],
  /** The issuing side's desk, which has roles of its own for what is done there. */
  'issuing:enter': ['admin', 'desk', 'auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Permission = keyof typeof holders;

export const permissions = Object.keys(holders) as readonly Permission[];

export const may = (role: Role, what: Permission): boolean =>
  (holders[what] as readonly Role[]).includes(role);

/** All a role may do, for a page that shows only what can be done. */
export const permissionsOf = (role: Role): readonly Permission[] =>
  permissions.filter((what) => may(role, what));
