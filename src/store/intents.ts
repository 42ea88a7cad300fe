/** Writes whose outcome is not confirmed: refused, unknown, or found to have had no effect (R15). */
import { sql } from 'kysely';
import type { OpenIntent } from '../domain/plan';
import type { Fields, Kind, Side } from '../domain/record';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { addDueLinks, parkUntil } from './due';
import { journal } from './journal';
import { idColumn } from './lookups';
import { askWhetherMade } from './perhaps-made';
import { parkIntent } from './retries';
import { jsonb } from './storable';
import type { PlannedStep } from './tables';
import { withSite, type Tx } from './transaction';
import { askWhereTwoWait } from './two-wait';

/** The columns of an OpenIntent, of `intents i`. */
export const openIntentColumns = sql`
  i.id, i.side, i.action, i.sent as values, i.settles_at <= clock_timestamp() as settled`;

export interface IntentRow {
  readonly id: string;
  readonly link: number;
  readonly kind: Kind;
  readonly plan: string;
  readonly step: number;
  readonly side: Side;
  readonly action: PlannedStep['action'];
  readonly sent: PlannedStep['values'];
  readonly source_base: PlannedStep['sourceBase'];
  readonly run: string | null;
  readonly state: 'sent' | 'unknown' | 'confirmed' | 'refused' | 'no_effect';
  readonly ids: Readonly<Record<Side, string | null>>;
  readonly now: string;
}

type IntentMethods = Pick<Store, 'refuseStep' | 'leaveUnknown' | 'wroteSince' | 'openIntent' | 'closeIntent'>;

export function intentMethods(db: WalledDatabase, options: { readonly settleMs: number }): IntentMethods {
  return {
    refuseStep: (site, id, { reason, retryAt }) =>
      withSite(db, site, async (tx) => {
        const intent = await lockIntent(tx, site, id);
        if (!isOpen(intent)) return;
        await closeAs(tx, site, intent, 'refused');
        await sql`
          update links set status = 'failing', reason = ${reason}, version = version + 1
          where site = ${site} and number = ${intent.link}`.execute(tx);
        const again = await parkIntent(tx, site, intent, reason);
        if (retryAt !== null && again !== null) {
          await parkUntil(tx, site, intent.link, retryAt > again ? retryAt : again);
        }
        await tell(tx, site, intent, 'refused', { reason });
        if (reason === 'taken') await askWhereTwoWait(tx, site, intent);
      }),

    leaveUnknown: (site, id) =>
      withSite(db, site, async (tx) => {
        const intent = await lockIntent(tx, site, id);
        if (!isOpen(intent)) return;
        const { rows } = await sql<{ at: string }>`
          update intents set state = 'unknown', settles_at = case state when 'unknown' then settles_at
            else clock_timestamp() + ${options.settleMs} * interval '1 ms' end
          where site = ${site} and id = ${id} returning settles_at as at`.execute(tx);
        await addDueLinks(
          tx,
          site,
          rows.map(({ at }) => ({ link: intent.link, priority: 2, run: intent.run, at, read: [] })),
        );
        if (intent.state === 'sent') await tell(tx, site, intent, 'unknown', {});
      }),

    async wroteSince(site, side, kind, id, since) {
      const { rows } = await sql`
        select from links l join intents i on i.link = l.number and i.site = l.site
        where l.site = ${site} and l.kind = ${kind} and l.${idColumn(side)} = ${id} and i.side = ${side}
          and i.state <> 'refused' and i.sent_at >= ${since} limit 1`.execute(db.ofSite(site));
      return rows.length > 0;
    },

    async openIntent(site, link) {
      const { rows } = await sql<OpenIntent & { readonly sentAt: string }>`
        select ${openIntentColumns}, i.sent_at as "sentAt" from intents i
        where i.site = ${site} and i.link = ${link} and i.state in ('sent', 'unknown')`.execute(
        db.ofSite(site),
      );
      return rows[0] ?? null;
    },

    closeIntent: (site, id, perhaps = []) =>
      withSite(db, site, async (tx) => {
        const intent = await lockIntent(tx, site, id);
        if (!isOpen(intent)) return;
        await closeAs(tx, site, intent, 'no_effect');
        const asked = await askWhetherMade(tx, site, intent, perhaps);
        await tell(tx, site, intent, 'no_effect', asked.length === 0 ? {} : { candidates: asked });
      }),
  };
}

/** Locks the intent and its link, whose ids come with it. `now` is the store's clock. */
export async function lockIntent(tx: Tx, site: string, id: string): Promise<IntentRow> {
  const { rows } = await sql<IntentRow>`
    select i.id, i.link, i.kind, i.plan, i.step, i.side, i.action, i.sent, i.source_base, i.run, i.state,
      jsonb_build_object('teamwork', l.teamwork_id, 'desk', l.desk_id) as ids, clock_timestamp() as now
    from intents i join links l on l.number = i.link and l.site = i.site
    where i.site = ${site} and i.id = ${id} for no key update`.execute(tx);
  const [intent] = rows;
  if (intent === undefined)
    throw new Error(`Site ${site} has no intent ${id}; the engine decides the link anew.`);
  return intent;
}

export function isOpen({ state }: IntentRow): boolean {
  return state === 'sent' || state === 'unknown';
}

/** Closes the intent and gives back the identity that it claimed. */
export async function closeAs(
  tx: Tx,
  site: string,
  { id }: IntentRow,
  state: 'confirmed' | 'refused' | 'no_effect',
  base: Fields | null = null,
): Promise<void> {
  await sql`
    with closed as (
      update intents set state = ${state}, closed_at = clock_timestamp(), base = ${base === null ? null : jsonb(base)}
      where site = ${site} and id = ${id}
    )
    delete from identity_claims where site = ${site} and intent = ${id}`.execute(tx);
}

async function tell(
  tx: Tx,
  site: string,
  { link, side, run, action, sent }: IntentRow,
  event: 'refused' | 'unknown' | 'no_effect',
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const fields = Object.keys(sent);
  await journal(tx, site, [{ link, event, side, run, detail: { action, fields, ...detail } }]);
}
