/** R15: which records a create whose answer was lost may have made, as `src/store/perhaps-made.ts` keeps it. */
import { otherSide } from '../../../src/domain/record';
import { addDue } from './due';
import { changeLink, linkHolding } from './link-rows';
import type { IntentRow, Memory, SiteRows } from './memory';
import { recordRow } from './mirror';

export function askWhetherMade(
  memory: Memory,
  rows: SiteRows,
  { link: number, kind, side }: IntentRow,
  perhaps: readonly string[],
): readonly string[] {
  const ids = rows.links.get(number)?.link.ids;
  const source = ids?.[otherSide(side)] ?? null;
  if (source === null || ids?.[side] !== null) return [];
  const isClaimed = (id: string) =>
    recordRow(rows, kind, { side, id })?.keys.some(({ field, key }) => {
      const claim = rows.intents.get(rows.claims.get(`${kind} ${key}`) ?? '');
      return (field === 'name' || field === 'email') && claim?.action === 'create' && claim.side === side;
    }) === true;
  const asked = perhaps.filter(
    (id) => linkHolding(rows, kind, { side, id })?.phase !== 'active' && !isClaimed(id),
  );
  for (const id of asked) {
    const pair = side === 'teamwork' ? { teamwork: id, desk: source } : { teamwork: source, desk: id };
    const isKept = rows.answers[kind].some(
      ({ teamwork, desk }) => teamwork === pair.teamwork && desk === pair.desk,
    );
    if (!isKept) rows.answers[kind].push({ ...pair, verdict: 'perhaps' });
    const holder = linkHolding(rows, kind, { side, id });
    if (holder === null) continue;
    changeLink(rows, holder.number, {});
    addDue(memory, rows, [{ link: holder.number, priority: 2, run: null, at: null, read: [] }]);
  }
  return asked;
}
