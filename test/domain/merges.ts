/** Merges of one pair, of which a test names only what matters, and what follows when they are carried out. */
import { mergeFields, type Merge, type MergeInput } from '../../src/domain/merge';
import type { Loser } from '../../src/domain/plan';
import { judgeReadBack } from '../../src/domain/readback';
import { otherSide, sides, type Fields, type Side } from '../../src/domain/record';

/** Both sides of one sort of thing, Teamwork.com's first. */
export function both<T>(teamwork: T, desk: T): Record<Side, T> {
  return { teamwork, desk };
}

export function inputOf(given: Partial<MergeInput> & Pick<MergeInput, 'fields'>): MergeInput {
  return {
    kind: 'customer',
    bases: both({}, {}),
    companyAcross: both(null, null),
    changedAt: both({}, {}),
    createdAt: both(null, null),
    policy: 'latest',
    askedFor: false,
    signsIn: false,
    choices: {},
    emailsOfOthers: new Set(),
    ...given,
  };
}

/** The merge, without the parts in which nothing happens. */
export function merged(given: Partial<MergeInput> & Pick<MergeInput, 'fields'>): Partial<Merge> {
  const merge = mergeFields(inputOf(given));
  const parts = Object.entries(merge).map(
    ([part, value]: [string, unknown]) => [part, withoutEmpty(value)] as const,
  );
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  const entries = Object.entries(value as Record<Side, Fields>).filter(
    ([, fields]) => Object.keys(fields).length > 0,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

export const acme: Fields = { name: 'Acme', website: 'acme.com', email: 'office@acme.com' };

/** The merge of a company that both sides know as Acme, but for what a test says of either. */
export function company(teamwork: Fields, desk: Fields, more: object = {}) {
  return merged({
    kind: 'company',
    fields: both({ ...acme, ...teamwork }, { ...acme, ...desk }),
    bases: both(acme, acme),
    ...more,
  });
}

/** What is kept of a conflict over the name, as far as a test says. */
export function keeping(parts: Partial<Loser>): unknown {
  return expect.objectContaining({ field: 'name', ...parts });
}

/** Both sides after the writes to `targets` have been made, in that order, and confirmed as sent. */
export function carriedOut(
  input: MergeInput,
  companyAcross: (side: Side, id: string) => string | null,
  targets: readonly Side[] = sides,
): MergeInput {
  const merge = mergeFields(input);
  const fields = { ...input.fields };
  const bases = both<Fields>(
    { ...input.bases.teamwork, ...merge.agreed.teamwork },
    { ...input.bases.desk, ...merge.agreed.desk },
  );
  for (const side of targets) {
    const [sent, before] = [merge.writes[side], fields[side]];
    if (Object.keys(sent).length === 0) continue;
    const after = { ...before, ...sent };
    const { base } = judgeReadBack({
      kind: input.kind,
      sent,
      base: bases[side],
      before,
      after,
      fromWriteAnswer: false,
      changedByUs: true,
    });
    fields[side] = after;
    bases[side] = { ...bases[side], ...base };
    const source = otherSide(side);
    bases[source] = { ...bases[source], ...merge.sourceBases[side] };
  }
  const across = (side: Side) => companyAcross(side, String(fields[side].company ?? ''));
  return { ...input, fields, bases, companyAcross: both(across('teamwork'), across('desk')) };
}
