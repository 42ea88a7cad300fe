/** Who may do what: each role may all that the ones before it may. */
import type { Role } from '../ports/accounts';

export const roles: readonly Role[] = ['viewer', 'operator', 'administrator'];

export function mayActAs(own: Role, needed: Role): boolean {
  return roles.indexOf(own) >= roles.indexOf(needed);
}

export const roleText: Readonly<Record<Role, string>> = {
  viewer: 'sees everything',
  operator: 'also answers, links, unlinks, restores, starts and steers runs',
  administrator: 'also connects sites, changes settings and manages users',
};
