/** How a site's webhooks stand, in words. */
import { sides, type Side } from '../domain/record';
import type { HookProblem, SideHooks } from '../ports/hooks';
import { productOf } from './words';

type SiteHooks = Readonly<Record<Side, SideHooks>>;

const why: Readonly<Record<HookProblem, string>> = {
  no_public_url: 'none, for PUBLIC_URL does not say where the vendors reach the server',
  refused: 'none, for the plan or the credential does not allow them',
  unreachable: 'not checked, for it gave no usable answer',
  disconnected: 'switched off by `disconnect`',
};

/** One word for a side. */
export function hooksWord({ problem, hooks }: SideHooks): 'on' | 'silent' | 'off' | 'none' {
  if (hooks.length === 0) return 'none';
  if (problem === 'refused' || hooks.some(({ state }) => state === 'off')) return 'off';
  return hooks.some(({ state }) => state === 'silent') ? 'silent' : 'on';
}

export function sitesWord(site: SiteHooks): string {
  const [first, ...others] = sides.map((side) => hooksWord(site[side]));
  if (others.every((word) => word === first)) return first ?? 'none';
  return sides.map((side) => `${productOf[side]} ${hooksWord(site[side])}`).join(', ');
}

/** A clause for a side: polling finds the changes whatever it says. */
export function hooksClause(side: SideHooks): string {
  if (side.problem !== null) return why[side.problem];
  const word = hooksWord(side);
  if (word === 'silent') return 'on, but they do not tell of changes that polling finds';
  if (word === 'off') return 'switched off by the vendor';
  return word === 'on' ? 'on' : 'not registered yet';
}

/** A line for `connect`. */
export function hooksLine(site: SiteHooks): string {
  const clauses = sides.map((side) => `${productOf[side]} ${hooksClause(site[side])}`);
  const isOn = sides.every((side) => hooksWord(site[side]) === 'on');
  return `Webhooks: ${isOn ? 'on, at both' : `${clauses.join('; ')}. Changes are found by polling`}.`;
}
