/** Begins a step: everything it was decided on is checked, and the intent stored, before the call (R15). */
import { sql, type Selectable } from 'kysely';
import type { Link } from '../domain/link';
import { otherSide, type Kind } from '../domain/record';
import type { StepStart } from '../ports/links';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { awaitedRecords, claimIdentity, isNewsOnTarget } from './identity-claims';
import { linkColumns } from './link-rows';
import { idColumn } from './lookups';
import { json } from './storable';
import type { Database, PlannedStep } from './tables';
import { withSite, type Tx } from './transaction';

/** An intent that nobody called unknown may still be on its way for as long as an activity lives. */
const longestStepMs = 300_000;

type Refusal = Extract<StepStart, { refused: string }>['refused'];

/** Undoes the transaction, the claims made in it too. */
class Refused extends Error {
  constructor(readonly why: Refusal) {
    super(`The step was not begun: ${why}.`);
  }
}

export function stepMethods(
  db: WalledDatabase,
  options: { readonly settleMs: number },
): Pick<Store, 'beginStep'> {
  return {
    async beginStep(site, planId, index) {
      try {
        return await withSite(db, site, (tx) => begin(tx, site, planId, index, options.settleMs));
      } catch (error) {
        if (error instanceof Refused) return { refused: error.why };
        throw error;
      }
    },
  };
}

async function begin(
  tx: Tx,
  site: string,
  planId: string,
  index: number,
  settleMs: number,
): Promise<StepStart> {
  const { plan, pausedKinds } = await planUnlessStopped(tx, site, planId);
  const step = plan?.steps[index];
  if (plan === null || step === undefined) throw new Refused(await isDone(tx, site, planId, index));
  const link = await lockLink(tx, site, plan.link);
  if (link === null) throw new Refused('stale');

  const { rows } = await sql<{ state: string; plan: string; step: number }>`
    select state, plan, step from intents
    where site = ${site} and link = ${link.number} and state in ('sent', 'unknown')
    union all
    select state, plan, step from intents
    where site = ${site} and plan = ${planId} and state = 'confirmed'`.execute(tx);
  if (
    rows.some((intent) => intent.plan === planId && intent.step === index && intent.state === 'confirmed')
  ) {
    throw new Refused('already_done');
  }
  if (rows.some(({ state }) => state !== 'confirmed')) throw new Refused('intent_open');
  if (link.paused || pausedKinds.includes(link.kind)) throw new Refused('paused');
  if (link.version !== plan.version || !(await holds(tx, site, link, step))) throw new Refused('stale');

  const intent = await insertIntent(tx, site, { plan, index, step, kind: link.kind, settleMs });
  await claim(tx, site, { link, step, intent, known: plan.known });
  const targetId = link.ids[step.side];
  return {
    intent,
    kind: link.kind,
    link: link.number,
    step: { side: step.side, action: step.action, values: step.values, sourceBase: step.sourceBase },
    targetId: step.action === 'create' ? null : targetId,
    before: step.before,
    base: step.action === 'create' ? {} : link.bases[step.side],
  };
}

interface Standing {
  readonly frozen: string | null;
  readonly paused: boolean;
  readonly pausedKinds: readonly Kind[];
  readonly plan: Pick<
    Selectable<Database['plans']>,
    'id' | 'link' | 'version' | 'run' | 'steps' | 'known'
  > | null;
}

/** R30: under a lock that a pause waits for, so that once it is acknowledged no step begins. */
async function planUnlessStopped(
  tx: Tx,
  site: string,
  id: string,
): Promise<Pick<Standing, 'plan' | 'pausedKinds'>> {
  const { rows } = await sql<Standing>`
    select s.frozen, s.paused, s.paused_kinds as "pausedKinds", to_jsonb(p) as plan
    from sites s left join plans p on p.site = s.site and p.id = ${id}
    where s.site = ${site} for share of s`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no site ${site}; connect it first.`);
  if (row.frozen !== null) throw new Refused('frozen');
  if (row.paused) throw new Refused('paused');
  return row;
}

/** Null once it was merged into another: what was planned for it is not that one's. */
async function lockLink(tx: Tx, site: string, number: number): Promise<Link | null> {
  const { rows } = await sql<Link>`
    select ${linkColumns} from links l
    where l.site = ${site} and l.number = ${number} and l.merged_into is null for no key update`.execute(tx);
  return rows[0] ?? null;
}

async function isDone(tx: Tx, site: string, planId: string, index: number): Promise<Refusal> {
  const { rows } = await sql`
    select from intents
    where site = ${site} and plan = ${planId} and step = ${index} and state = 'confirmed'`.execute(tx);
  return rows.length > 0 ? 'already_done' : 'stale';
}

/** Whether the records still say what the step was decided on, and its company is still that of a linked pair (R16). */
async function holds(tx: Tx, site: string, link: Link, step: PlannedStep): Promise<boolean> {
  if ((step.action === 'create') !== (link.ids[step.side] === null)) return false;
  const { company } = step.values;
  const standsIn = typeof company === 'string' && company !== '' ? company : null;
  const { rows } = await sql`
    select where not exists (
      select from records
      where site = ${site} and kind = ${link.kind} and (not decided or presence = 'gone')
        and (side = 'teamwork' and id = ${link.ids.teamwork} or side = 'desk' and id = ${link.ids.desk})
    ) and (${standsIn}::text is null or exists (
      select from links
      where site = ${site} and kind = 'company' and phase = 'active' and ${idColumn(step.side)} = ${standsIn}
    ))`.execute(tx);
  return rows.length > 0;
}

async function insertIntent(
  tx: Tx,
  site: string,
  of: {
    readonly plan: { readonly id: string; readonly link: number; readonly run: string | null };
    readonly index: number;
    readonly step: PlannedStep;
    readonly kind: Kind;
    readonly settleMs: number;
  },
): Promise<string> {
  const { plan, index, step, kind } = of;
  const settlesAfterMs = longestStepMs + of.settleMs;
  const { rows } = await sql<{ id: string }>`
    insert into intents (site, link, kind, plan, step, side, action, sent, source_base, run, state, settles_at,
      incarnation)
    values (${site}, ${plan.link}, ${kind}, ${plan.id}, ${index}, ${step.side}, ${step.action},
      ${json(step.values)}::jsonb, ${json(step.sourceBase)}::jsonb, ${plan.run}, 'sent',
      clock_timestamp() + ${settlesAfterMs} * interval '1 ms',
      (select incarnation from links where site = ${site} and number = ${plan.link}))
    returning id`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Refused('stale');
  return row.id;
}

async function claim(
  tx: Tx,
  site: string,
  of: {
    readonly link: Link;
    readonly step: PlannedStep;
    readonly intent: string;
    readonly known: readonly string[];
  },
): Promise<void> {
  const { link, step, intent, known } = of;
  const sourceSide = otherSide(step.side);
  const sourceId = link.ids[sourceSide];
  const source = sourceId === null ? null : { side: sourceSide, id: sourceId };
  if (step.action === 'create' && source !== null) {
    const awaited = await awaitedRecords(tx, site, link.kind, [source]);
    if (awaited.size > 0) throw new Refused('identity_claimed');
  }
  const keys = await claimIdentity(tx, site, link, { step, source, intent });
  if (keys === null) throw new Refused('identity_claimed');
  // After the claim: whoever held it before has committed what came of it.
  if (step.action === 'create' && (await isNewsOnTarget(tx, site, link.kind, step.side, { keys, known }))) {
    throw new Refused('stale');
  }
}
