/** Users' edits through the vendors' APIs, and their traces in the sandbox's log of calls. */
import { otherSide, type Kind, type Side } from '../src/domain/record';
import { site, token, type Lab } from '../test/support/lab';
import type { Call } from '../test/support/sandbox-controls';
import { vendorUsers } from '../test/support/vendor-users';

export type Ids = Readonly<Record<Side, string>>;

export interface Edit {
  readonly side: Side;
  readonly kind: Kind;
  readonly ids: Ids;
}

export async function pairsOf(lab: Lab, kind: Kind, of = site): Promise<Ids[]> {
  const rows = await lab.engine.reads.links(of, { kind, status: 'in_sync', limit: 200 });
  return rows.flatMap(({ link: { ids } }) =>
    ids.teamwork === null || ids.desk === null ? [] : [{ teamwork: ids.teamwork, desk: ids.desk }],
  );
}

let edited = 0;

/** A field that no user of the data set has touched gets a new value. */
export async function edit(lab: Lab, side: Side, kind: Kind, ids: Ids | undefined): Promise<Edit> {
  if (ids === undefined) throw new Error(`The data set has too few linked ${kind} records.`);
  const text = `edit-${edited++}`;
  const values = kind === 'company' ? { website: `${text}.test` } : { lastName: text };
  await vendorUsers(lab.sandbox).edit(side, kind, Number(ids[side]), values);
  return { side, kind, ids };
}

function about(side: Side, { kind, ids }: Edit): RegExp {
  const collection = kind === 'company' ? 'companies' : side === 'desk' ? 'customers' : 'people';
  return new RegExp(`/${collection}/${ids[side]}(?:\\.json)?(?:$|[?/])`);
}

export function callsAbout(one: Edit, side: Side, calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => call.side === side && about(side, one).test(call.path));
}

export function userWriteOf(one: Edit, calls: readonly Call[]): Call {
  const found = callsAbout(one, one.side, calls).find(
    (call) => call.token === 'user-token' && call.method !== 'GET',
  );
  if (found === undefined) throw new Error('A write of a user is not in the log of the sandbox.');
  return found;
}

/** The first write across after the user's own, the engine's or the script's. */
export function writeOf(one: Edit, calls: readonly Call[]): Call | undefined {
  const { n } = userWriteOf(one, calls);
  return callsAbout(one, otherSide(one.side), calls).find(
    (call) => call.n > n && call.token === token && call.method !== 'GET',
  );
}

export function msOf(one: Edit, calls: readonly Call[]): number {
  return Date.parse(writeOf(one, calls)?.at ?? '') - Date.parse(userWriteOf(one, calls).at);
}
