/**
 * Whether both sides agree, judged from records just read and from the links: the comparison behind `verify`.
 * It shares equality with the planner (R13) and nothing else, so that it would see the planner's mistakes.
 */
import type { FieldReason, Link, Reason, Status } from './link';
import { indexWorld, type World } from './verify-index';
import { judgeLone } from './verify-lone';
import { judgePair } from './verify-pair';
import { kinds, sides, type Field, type Kind, type Observation, type Side } from './record';

/** What was read. Deleted records are left out of `records`. */
export interface VerifyInput {
  readonly links: readonly Link[];
  readonly records: Readonly<Record<Side, Readonly<Record<Kind, ReadonlyMap<string, Observation>>>>>;
  /** Records whose listing entry could not be understood. */
  readonly unreadable: readonly Pick<Observation, 'side' | 'kind' | 'id'>[];
  readonly automaticallyCreateContacts: boolean;
  readonly adoptOnly: boolean;
  readonly paused: { readonly site: boolean; readonly kinds: readonly Kind[] };
  /** Whose credential we write with, by side. */
  readonly users: Readonly<Record<Side, string | null>>;
  readonly initialSyncFinished: boolean;
}

export type Cause =
  /** Synced fields of an active link are unequal. */
  | 'fields_differ'
  /** By rule it should have a counterpart and has none. */
  | 'no_counterpart'
  /** One side's record of an active link is not there. */
  | 'record_gone'
  | 'two_links'
  /** A broken link's records are joined again, and nobody asked for it (R22). */
  | 'revived'
  | 'failing'
  | 'pending'
  /** The status says that something is in the way; nothing is. */
  | 'status_unfounded'
  | 'unreadable'
  | 'initial_sync_unfinished';

interface Subject {
  readonly kind: Kind | null;
  readonly link: number | null;
  readonly ids: Readonly<Record<Side, string | null>>;
  readonly fields: readonly Field[];
}

export interface Difference extends Subject {
  readonly cause: Cause;
  readonly reason: Reason | null;
}

/** Not equal, and rightly so: `field` where a single field of an agreeing link has a reason of its own. */
export interface Explained extends Subject {
  readonly status: Status | 'field';
  readonly reason: Reason | FieldReason | null;
}

export type Finding = Difference | Explained;

export interface VerifyReport {
  readonly differences: readonly Difference[];
  readonly explained: readonly Explained[];
  /** Links whose every field that could be read is the same on both sides. */
  readonly agreed: Readonly<Record<Kind, number>>;
  /** Fields that the listings of one side or both did not carry, with the number of links. */
  readonly unread: Readonly<Partial<Record<Field, number>>>;
}

export function verify(input: VerifyInput): VerifyReport {
  const world = indexWorld(input);
  const findings: Finding[] = [];
  const agreed: Record<Kind, number> = { company: 0, customer: 0 };
  const unread: Partial<Record<Field, number>> = {};

  if (!input.initialSyncFinished) {
    findings.push({ cause: 'initial_sync_unfinished', reason: null, kind: null, ...nobody });
  }
  for (const { side, kind, id } of input.unreadable) {
    findings.push({ cause: 'unreadable', reason: null, kind, ...nobody, ids: { ...nobody.ids, [side]: id } });
  }
  for (const link of input.links) {
    if (link.phase === 'broken') findings.push(judgeBroken(world, link));
    if (link.phase !== 'active') continue;
    const { finding, unreadFields } = judgePair(world, link);
    for (const field of unreadFields) unread[field] = (unread[field] ?? 0) + 1;
    findings.push(...finding);
    if (finding.length === 0) agreed[link.kind] += 1;
  }
  for (const side of sides) {
    for (const kind of kinds) {
      for (const links of world.open[side][kind].values()) {
        if (links.length > 1) findings.push(...links.map((link) => twoLinks(link)));
      }
      for (const record of input.records[side][kind].values()) {
        const finding = judgeLone(world, record);
        if (finding !== null) findings.push(finding);
      }
    }
  }
  return {
    differences: findings.filter((finding) => 'cause' in finding),
    explained: findings.filter((finding): finding is Explained => !('cause' in finding)),
    agreed,
    unread,
  };
}

const nobody = { link: null, ids: { teamwork: null, desk: null }, fields: [] } as const;

function twoLinks({ kind, number, ids }: Link): Difference {
  return { cause: 'two_links', reason: null, kind, link: number, ids, fields: [] };
}

/** R22: a tombstone's records stay apart, unless an operator joins them, which makes the link itself active again. */
function judgeBroken(world: World, link: Link): Finding {
  const { kind, number, ids, tombstone } = link;
  const subject = { kind, link: number, ids, fields: [], reason: tombstone?.reason ?? null };
  const revived = sides.some((side) =>
    (world.open[side][kind].get(ids[side] ?? '') ?? []).some((other) => joinsAgain(world, link, other)),
  );
  return revived ? { ...subject, cause: 'revived' } : { ...subject, status: 'broken' };
}

/** A record that somebody made after the break is a new one, and may be matched (R14); one that we made may not exist. */
function joinsAgain(world: World, broken: Link, other: Link): boolean {
  if (other.phase !== 'active') return false;
  const strange = sides.filter((side) => other.ids[side] !== broken.ids[side]);
  if (strange.length === 0) return true;
  return strange.some((side) => {
    const record = world.records[side][other.kind].get(other.ids[side] ?? '');
    const ours = record?.createdBy !== null && record?.createdBy === world.users[side];
    return ours && (record.createdAt ?? '') >= (broken.tombstone?.at ?? '') && other.asked !== 'yes';
  });
}
