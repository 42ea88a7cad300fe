/** All that waits for a person, as `src/store/attention.ts` finds it. */
import { sides } from '../../../src/domain/record';
import type { Attention, AttentionItem } from '../../../src/ports/holds';
import { openHolds } from './holds';
import { linkHolding, refsOf } from './link-rows';
import type { LinkRow, SiteRows } from './memory';
import { recordRow } from './mirror';

export function attentionOf(rows: SiteRows): Attention {
  const living = [...rows.links.values()].filter(
    ({ link: { phase } }) => phase === 'lone' || phase === 'active',
  );
  return {
    failing: living
      .filter(({ link }) => link.status === 'failing')
      .map((row) => item(row, 1 + waitingIn(rows, row))),
    questions: living.flatMap((row) => {
      const candidates = rows.questions.get(row.link.number);
      return candidates === undefined ? [] : [item(row, candidates.length)];
    }),
    holds: openHolds(rows).map(({ number, kind, change, count }) => ({
      id: number,
      kind,
      reason: change,
      count,
    })),
    alone: [...rows.links.values()]
      .filter((row) => standsAlone(rows, row))
      .map((row) => item(row, 1 + peopleIn(rows, row))),
  };
}

function item({ link: { number, kind, reason } }: LinkRow, count: number): AttentionItem {
  return { id: number, kind, reason: reason ?? 'not_yet_decided', count };
}

function waitingIn(rows: SiteRows, { link }: LinkRow): number {
  if (link.kind === 'customer') return 0;
  const people = rows.records.peopleIn('teamwork', link.ids.teamwork ?? '');
  return people.filter(({ record }) => linkHolding(rows, 'customer', record)?.status === 'waiting').length;
}

/** Desk companies that nobody asked for, and of broken links whatever is still there and not linked anew. */
function standsAlone(rows: SiteRows, { link }: LinkRow): boolean {
  const { kind, phase, status, reason } = link;
  if (phase === 'broken') {
    return refsOf(link.ids).some((ref) => {
      const record = recordRow(rows, kind, ref)?.record;
      return (
        record?.presence !== 'gone' && record?.deleted === false && linkHolding(rows, kind, ref) === null
      );
    });
  }
  const isUnasked = reason === 'not_asked' || reason === 'unchecked';
  return phase === 'lone' && kind === 'company' && status === 'excluded' && isUnasked;
}

function peopleIn(rows: SiteRows, { link }: LinkRow): number {
  if (link.kind === 'customer') return 0;
  const counts = sides.map((side) => rows.records.peopleIn(side, link.ids[side] ?? ''));
  return Math.max(
    ...counts.map((people) => people.filter(({ record }) => record.presence !== 'gone').length),
  );
}
