/** Decisions by the page: pairs that agree are linked without a workflow each, what needs a write becomes due. */
import { sql } from 'kysely';
import { kinds, type Kind } from '../domain/record';
import type { Priority } from '../ports/budget';
import type { Decision } from '../ports/links';
import type { RunMode } from '../ports/runs';
import type { Store } from '../ports/store';
import { stillPlanned } from './applied-plans';
import type { WalledDatabase } from './database';
import { addDueLinks, type NewDue } from './due';
import { guarded } from './guard';
import { bothIn, pairedSide, pairIn, recordsOf } from './decided-records';
import { awaitedRecords } from './identity-claims';
import { changeLinks, type ChangedLink, type LinkChange } from './link-changes';
import { linksInWork, lockLinks, numbersHolding, type LockedLink } from './locked-links';
import { contentOf, keyOf, markDecided, refsIn, type Ref } from './record-rows';
import { storePlans } from './step-plans';
import { withSite, type Tx } from './transaction';
import { wakePeopleOfLinked } from './wakes';

/** What InitialSync or a plan waits for, and nobody else; a sweep goes before them, behind people. */
async function settlingRun(
  tx: Tx,
  site: string,
  run: string,
): Promise<{ readonly priority: Priority; readonly applies: string | null }> {
  const { rows } = await sql<{ mode: RunMode; applies: string | null }>`
    select mode, applies from runs where site = ${site} and run = ${run}`.execute(tx);
  return { priority: rows[0]?.mode === 'sweep' ? 3 : 4, applies: rows[0]?.applies ?? null };
}

export function settleMethods(db: WalledDatabase): Pick<Store, 'settle'> {
  return {
    settle: (site, run, decisions) =>
      withSite(db, site, async (tx) => {
        const { priority, applies } = await settlingRun(tx, site, run);
        const forRun = { run, priority };
        const taken = applies === null ? decisions : await stillPlanned(tx, site, run, applies, decisions);
        let left = 0;
        for (const kind of kinds) {
          const ofKind = taken.filter(({ view }) => view.link.kind === kind);
          if (ofKind.length > 0) left += await settleKind(tx, site, kind, forRun, ofKind);
        }
        return left;
      }),
  };
}

/** The run that waits for what becomes due, and how urgently. */
interface Waiting {
  readonly run: string;
  readonly priority: Priority;
}

async function settleKind(
  tx: Tx,
  site: string,
  kind: Kind,
  waiting: Waiting,
  decisions: readonly Decision[],
): Promise<number> {
  const { run } = waiting;
  const isDead = ({ view }: Decision) => view.link.phase === 'broken' || view.link.phase === 'merged';
  const living = decisions.filter((decision) => !isDead(decision));
  const holding = await numbersHolding(tx, site, kind, living.flatMap(refsOf));
  const numbers = [...new Set(holding.values())];
  const locked = await lockLinks(tx, site, numbers, 'skip');
  const inWork = await linksInWork(tx, site, numbers);
  const free = new Map([...locked].filter(([number]) => !inWork.has(number)));
  const awaited = await awaitedRecords(tx, site, kind, living.flatMap(bothIn));

  const taken = new Set<string>();
  const acceptable: Accepted[] = [];
  const busy: number[] = [];
  let left = 0;
  for (const decision of living) {
    const isAwaited = bothIn(decision).some((ref) => awaited.has(keyOf(ref)));
    const change = isAwaited ? null : changeFor(decision, holding, free);
    const refs = refsOf(decision).map(keyOf);
    if (change === null || refs.some((ref) => taken.has(ref))) {
      const workflows = leftTo(decision, holding, free);
      if (workflows.length === 0) left += 1;
      busy.push(...workflows);
      continue;
    }
    for (const ref of refs) taken.add(ref);
    acceptable.push({ decision, change });
  }
  const accepted = await holdMassChanges(tx, site, kind, run, acceptable);

  const changed = await changeLinks(
    tx,
    site,
    accepted.map(({ change }) => change),
    run,
  );
  const decisionOf = new Map(accepted.map(({ decision, change }) => [change, decision]));
  const toWrite = changed.flatMap(({ number, version, change }) => {
    const decision = decisionOf.get(change);
    return decision === undefined || decision.plan.steps.length === 0 ? [] : [{ decision, number, version }];
  });
  await storePlans(tx, site, run, toWrite);
  const isPlanned = ({ change: { plan } }: ChangedLink) => plan.steps.length > 0;
  const dueOf = (link: ChangedLink) => dueFor(link, waiting);
  await addDueLinks(tx, site, changed.filter(isPlanned).flatMap(dueOf), true);
  await addDueLinks(tx, site, changed.filter((link) => !isPlanned(link)).flatMap(dueOf));
  await leaveToWorkflows(tx, site, waiting, [...new Set(busy)], inWork);
  const ended = decisions.filter(isDead);
  const heldSince = await numbersHolding(tx, site, kind, ended.flatMap(refsOf));
  const settled = [
    // What a broken link's record says now may be news to the link that has it since.
    ...ended.flatMap(recordsOf).filter((record) => !heldSince.has(keyOf(record))),
    ...accepted.flatMap(({ decision }) => recordsOf(decision)),
  ];
  await markDecided(tx, site, kind, settled.map(contentOf));
  if (kind === 'company') {
    const linked = changed.filter((link) => link.linked).map(({ change }) => change.ids);
    await wakePeopleOfLinked(
      tx,
      site,
      linked.map(({ teamwork, desk }) => ({ teamworkId: teamwork, deskId: desk })),
      run,
    );
  }
  return left;
}

interface Accepted {
  readonly decision: Decision;
  readonly change: LinkChange;
}

/** R26; a break is held where it is carried out, by its own workflow. */
async function holdMassChanges(
  tx: Tx,
  site: string,
  kind: Kind,
  run: string,
  accepted: readonly Accepted[],
): Promise<readonly Accepted[]> {
  const writing = accepted.map(({ decision }) => decision).filter(({ plan }) => plan.breakAs === null);
  const answers = await guarded(tx, site, kind, run, writing);
  const answerTo = new Map(writing.map((decision, index) => [decision, answers[index] ?? decision]));
  return accepted.map(({ decision, change }) => {
    const answer = answerTo.get(decision) ?? decision;
    if (answer === decision) return { decision, change };
    return {
      decision: answer,
      change: { ...change, other: null, ids: answer.view.link.ids, plan: answer.plan },
    };
  });
}

/** Null when the link or its counterpart is in work, has moved since the decision, or is held by another link. */
function changeFor(
  { view, plan }: Decision,
  holding: ReadonlyMap<string, number>,
  free: ReadonlyMap<number, LockedLink>,
): LinkChange | null {
  const { link } = view;
  const own = lockedOf(refsIn(view.link.ids), holding, free);
  if (own === 'busy' || (own?.number ?? 0) !== link.number || (own?.version ?? 0) !== link.version)
    return null;
  // A break has its guards and a direct read; it is never carried out by the page.
  const status =
    plan.breakAs === null ? plan : { ...plan, status: link.status, reason: link.reason ?? plan.reason };
  const change = {
    kind: link.kind,
    own,
    other: null,
    ids: link.ids,
    plan: status,
  };
  if (plan.pairWith === null) return change;
  const side = pairedSide(link.ids);
  const other = lockedOf([{ side, id: plan.pairWith }], holding, free);
  if (other === 'busy' || (other !== null && other.phase !== 'lone')) return null;
  return { ...change, other, ids: { ...link.ids, [side]: plan.pairWith } };
}

/** Whose workflow decides instead: the link's own, or the counterpart's where the record has no row yet. */
function leftTo(
  decision: Decision,
  holding: ReadonlyMap<string, number>,
  free: ReadonlyMap<number, LockedLink>,
): readonly number[] {
  const { number } = decision.view.link;
  if (number > 0) return [number];
  const others = pairIn(decision).flatMap((ref) => holding.get(keyOf(ref)) ?? []);
  return others.filter((other) => !free.has(other));
}

function lockedOf(
  refs: readonly Ref[],
  holding: ReadonlyMap<string, number>,
  free: ReadonlyMap<number, LockedLink>,
): LockedLink | null | 'busy' {
  for (const ref of refs) {
    const number = holding.get(keyOf(ref));
    if (number !== undefined) return free.get(number) ?? 'busy';
  }
  return null;
}

function refsOf(decision: Decision): Ref[] {
  return [...refsIn(decision.view.link.ids), ...pairIn(decision)];
}

function dueFor({ number, change: { plan } }: ChangedLink, waiting: Waiting): NewDue[] {
  const needsWork =
    plan.steps.length > 0 || plan.readAgain.length > 0 || plan.breakAs !== null || plan.companyFirst !== null;
  return needsWork ? [{ link: number, ...waiting, at: null, read: plan.readAgain }] : [];
}

/** What is in work is decided by its own workflow; the run waits for it. */
async function leaveToWorkflows(
  tx: Tx,
  site: string,
  waiting: Waiting,
  busy: readonly number[],
  inWork: ReadonlyMap<number, 'due' | 'intent'>,
): Promise<void> {
  const due = busy.filter((link) => inWork.get(link) === 'due');
  if (due.length > 0) {
    await sql`
      update due u set run = coalesce(u.run, ${waiting.run}), at = least(u.at, clock_timestamp())
      from unnest(${due}::bigint[]) as x(link)
      cross join lateral (select ctid as place from due where site = ${site} and link = x.link offset 0) d
      where u.ctid = d.place`.execute(tx);
  }
  const others = busy.filter((link) => inWork.get(link) !== 'due');
  await addDueLinks(
    tx,
    site,
    others.map((link) => ({ link, ...waiting, at: null, read: [] })),
  );
}
