/** The decision for one link, stored with everything that follows from it. */
import { sql } from 'kysely';
import type { Decision } from '../ports/links';
import type { Store } from '../ports/store';
import { breakLink, dropPlan } from './breaks';
import type { WalledDatabase } from './database';
import { bothIn, pairedSide, pairIn, recordsOf } from './decided-records';
import { addDueLinks, handOver } from './due';
import { guarded } from './guard';
import { awaitedRecords } from './identity-claims';
import { changeLinks } from './link-changes';
import { lockLinks, numbersHolding, type LockedLink } from './locked-links';
import { moveToSurvivor } from './moved-link';
import { contentOf, keyOf, markDecided } from './record-rows';
import { wakeForRetry } from './retries';
import { storePlans } from './step-plans';
import { withSite, type Tx } from './transaction';
import { wakePeopleOfLinked, wakePeopleWaitingFor } from './wakes';

/** A record that another link's create may have made is asked for again after this, until that is known (R15). */
const awaitedForMs = 5_000;

export function planMethods(db: WalledDatabase): Pick<Store, 'savePlan'> {
  return {
    savePlan: (site, decision) =>
      withSite(db, site, async (tx) => {
        const { view } = decision;
        const { link } = view;
        const rows = await lockForPlan(tx, site, decision);
        if (rows === null) return null;
        const run = await runWaitingFor(tx, site, link.number);
        if ((await awaitedRecords(tx, site, link.kind, bothIn(decision))).size > 0) {
          const soon = new Date(Date.now() + awaitedForMs).toISOString();
          await addDueLinks(tx, site, [{ link: link.number, priority: 3, run, at: soon, read: [] }]);
          return { planId: null, steps: [] };
        }
        // What a broken link's record says now may be news to the link that has it since.
        if (link.phase !== 'broken') {
          await markDecided(tx, site, link.kind, recordsOf(decision).map(contentOf));
        }
        const [effective = decision] = await guarded(tx, site, link.kind, run, [decision]);
        const { plan } = effective;
        await settleCompanyFirst(tx, site, plan, run);
        if (plan.breakAs !== null) {
          await breakLink(tx, site, link, plan.breakAs, run);
          return { planId: null, steps: [] };
        }
        if (link.phase === 'broken') return { planId: null, steps: [] };
        if (plan.moveTo !== null) {
          await moveToSurvivor(tx, site, { link, other: rows.other, to: plan.moveTo }, run);
          await dropPlan(tx, site, link.number);
          return { planId: null, steps: [] };
        }
        const side = pairedSide(link.ids);
        const ids = plan.pairWith === null ? link.ids : { ...link.ids, [side]: plan.pairWith };
        const other = plan.pairWith === null ? null : rows.other;
        const change = { kind: link.kind, own: rows.own, other, ids, plan };
        const [changed] = await changeLinks(tx, site, [change], run);
        if (changed === undefined) return null;
        if (link.kind === 'company') await wakePeopleWaitingFor(tx, site, link.ids.teamwork);
        if (link.kind === 'company' && changed.linked) {
          await wakePeopleOfLinked(tx, site, [{ teamworkId: ids.teamwork, deskId: ids.desk }], run);
        }
        // Woken early, the link must not lose its turn at the time when an ignored write is tried again (R13).
        if (plan.situation === 'ignored') await wakeForRetry(tx, site, changed.number);
        if (plan.steps.length === 0) {
          // An open intent's plan is still needed when it is confirmed.
          if (view.intent === null) await dropPlan(tx, site, changed.number);
          return { planId: null, steps: [] };
        }
        const { number, version } = changed;
        const [stored] = await storePlans(tx, site, run, [{ decision: effective, number, version }]);
        if (number !== link.number) {
          await handOver(tx, site, link.number, number, true);
          return { planId: null, steps: [] };
        }
        return { planId: stored ?? null, steps: plan.steps.map(({ side, action }) => ({ side, action })) };
      }),
  };
}

/** Null when the link moved since the decision, or its counterpart was linked or is being written. */
async function lockForPlan(
  tx: Tx,
  site: string,
  decision: Decision,
): Promise<{ readonly own: LockedLink; readonly other: LockedLink | null } | null> {
  const {
    view: { link },
    plan,
  } = decision;
  const pair = [
    ...pairIn(decision),
    ...(plan.moveTo === null ? [] : [{ side: 'desk' as const, id: plan.moveTo }]),
  ];
  const holding = await numbersHolding(tx, site, link.kind, pair);
  const [otherNumber] = pair.flatMap((ref) => holding.get(keyOf(ref)) ?? []);
  const locked = await lockLinks(
    tx,
    site,
    [link.number, ...(otherNumber === undefined ? [] : [otherNumber])],
    'wait',
  );
  const own = locked.get(link.number);
  if (own?.version !== link.version || own.phase === 'merged') return null;
  if (otherNumber === undefined) return { own, other: null };
  const other = locked.get(otherNumber);
  if (other?.phase !== 'lone' || (await hasOpenIntent(tx, site, otherNumber))) return null;
  return { own, other };
}

async function hasOpenIntent(tx: Tx, site: string, link: number): Promise<boolean> {
  const { rows } = await sql`
    select from intents where site = ${site} and link = ${link} and state in ('sent', 'unknown')`.execute(tx);
  return rows.length > 0;
}

/** R25: the company's fate is settled by its own workflow; where it is to be read before, this link's workflow does so. */
async function settleCompanyFirst(
  tx: Tx,
  site: string,
  { companyFirst }: Decision['plan'],
  run: string | null,
): Promise<void> {
  if (companyFirst === null || companyFirst.read) return;
  await addDueLinks(tx, site, [{ link: companyFirst.link, priority: 2, run, at: null, read: [] }]);
}

/** The run that this link's turn belongs to, as its due row says. */
async function runWaitingFor(tx: Tx, site: string, link: number): Promise<string | null> {
  const row = await tx
    .selectFrom('due')
    .select('run')
    .where('site', '=', site)
    .where('link', '=', link)
    .executeTakeFirst();
  return row?.run ?? null;
}
