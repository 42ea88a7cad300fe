/** What one site came to, by the sandbox's own account of it: both sides alike, nobody twice, nothing of anybody's lost. */
import { linksOfSite } from '../../src/verify';
import {
  fieldsOf as fieldsOfKind,
  sides,
  type Field,
  type Fields,
  type Kind,
  type Side,
} from '../../src/domain/record';
import type { Link } from '../../src/domain/link';
import type { Engine } from '../../src/engine';
import { same } from '../../test/simulation/oracle/same';
import { token } from '../../test/support/lab';
import type { SandboxControls } from '../../test/support/sandbox-controls';
import { doubles, truthOf, type Truth, type TruthRow } from '../../test/support/truth';
import { fieldsOf } from '../../test/support/vendor-users';

interface Change {
  readonly side: Side;
  readonly kind: string;
  readonly id: number;
  readonly what: string;
  readonly token: string | null;
  readonly before: TruthRow | null;
  readonly after: TruthRow | null;
}

const kindOf: Readonly<Record<string, Kind>> = {
  companies: 'company',
  people: 'customer',
  customers: 'customer',
};
/** Sets of several, and what no user of a soak edits, are `verify`'s to compare. */
const compared = (kind: Kind): readonly Field[] =>
  fieldsOfKind[kind].filter((name) => name !== 'alternativeEmails' && name !== 'avatar');

export async function judged(engine: Engine, site: string, sandbox: SandboxControls) {
  const [truth, links, { changes }] = [
    await truthOf(sandbox),
    await linksOfSite(engine.reads, site),
    await sandbox.control<{ changes: readonly Change[] }>('GET', 'truth'),
  ];
  const active = links.filter(({ phase, status }) => phase === 'active' && status === 'in_sync');
  const edits = changes.filter(({ token: by, kind }) => by === 'user-token' && kind in kindOf);
  const faults = [
    ...sides.flatMap((side) => [
      ...doubles(truth[side].company.map(({ name }) => name)).map((name) => `${side} twice: company ${name}`),
      ...doubles(truth[side].customer.map(({ email }) => email)).map((email) => `${side} twice: ${email}`),
    ]),
    ...active.flatMap((link) => differing(link, active, truth)),
    ...active.flatMap((link) => lost(link, truth, edits)),
    ...changes
      .filter(({ what, token: by, kind }) => by === token && kind in kindOf && /delete|remove/.test(what))
      .map(({ side, kind, id }) => `the engine deleted ${side} ${kind} ${id}`),
  ];
  return { faults, pairs: active.length };
}

function fieldsIn(truth: Truth, side: Side, { kind, ids }: Link): Fields | null {
  const row = truth[side][kind].find(({ id }) => String(id) === ids[side]);
  return row === undefined ? null : fieldsOf(side, kind, row);
}

function differing(link: Link, links: readonly Link[], truth: Truth): string[] {
  const [teamwork, desk] = [fieldsIn(truth, 'teamwork', link), fieldsIn(truth, 'desk', link)];
  if (teamwork === null || desk === null) return [`link ${link.number} has lost a record`];
  return compared(link.kind).flatMap((name) => {
    const isNoted = link.notes.some(({ field }) => field === name);
    const isSame =
      name === 'company'
        ? links.some(
            ({ kind, ids }) =>
              kind === 'company' && ids.teamwork === teamwork.company && ids.desk === desk.company,
          )
        : same(name, teamwork[name], desk[name]);
    return isSame || isNoted ? [] : [`link ${link.number} differs in ${name}`];
  });
}

/** What both sides have at the end is what a user wrote last on one of them, in every field that users wrote. */
function lost(link: Link, truth: Truth, edits: readonly Change[]): string[] {
  const own = edits.filter(
    ({ side, kind, id }) => kindOf[kind] === link.kind && String(id) === link.ids[side],
  );
  return compared(link.kind).flatMap((name) => {
    // A customer's email is a row of its own in Desk: its changes are not the customer's.
    if (name === 'company' || (name === 'email' && link.kind === 'customer')) return [];
    if (link.notes.some(({ field }) => field === name)) return [];
    const lastOf = (side: Side) =>
      lastValue(
        own.filter((edit) => edit.side === side),
        link.kind,
        name,
      );
    const last = sides.flatMap((side) => lastOf(side) ?? []);
    const now = fieldsIn(truth, 'teamwork', link)?.[name];
    return last.length === 0 || last.some((value) => same(name, value, now))
      ? []
      : [`link ${link.number}: what users wrote last to ${name} is on neither side`];
  });
}

/** The value that the latest of them left, of those that changed it. */
function lastValue(edits: readonly Change[], kind: Kind, name: Field): string | null {
  const values = edits.flatMap(({ side, before, after }) => {
    const [was, is] = [before, after].map((row) =>
      row === null ? '' : String(fieldsOf(side, kind, row)[name] ?? ''),
    );
    return was === is ? [] : [is ?? ''];
  });
  return values.at(-1) ?? null;
}
