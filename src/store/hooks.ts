/** The hooks that we registered at the vendors, and what signs their deliveries. */
import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { sides, type Side } from '../domain/record';
import type { Hook, HookProblem, HookSecrets, SideHooks } from '../ports/hooks';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { purposes, type Sealer } from './sealing';
import type { Database } from './tables';
import { withSite, type Tx } from './transaction';

type HookMethods = Pick<
  Store,
  'siteHooks' | 'hookSecrets' | 'ensureHookSecrets' | 'rotateHookSecret' | 'confirmHookSecret' | 'noteHooks'
>;

export interface HookOptions {
  /** A change that no delivery came for within this time, before or after it, makes a hook silent. */
  readonly hookSilenceMs: number;
}

const nothingRegistered: SideHooks = { problem: null, checkedAt: null, hooks: [] };

export function hookMethods(db: WalledDatabase, sealer: Sealer, { hookSilenceMs }: HookOptions): HookMethods {
  return {
    async siteHooks(site) {
      const { rows } = await sql<SideHooks & { readonly side: Side }>`
        select s.side, s.problem, s.checked_at as "checkedAt", '[]'::jsonb as hooks
        from hook_sides s where s.site = ${site}`.execute(db.ofSite(site));
      const { rows: hooks } = await sql<Hook & { readonly side: Side }>`
        select side, event, hook_id as id, state, last_delivery_at as "lastDeliveryAt"
        from hooks where site = ${site} order by event`.execute(db.ofSite(site));
      const bySide = sides.map((side): [Side, SideHooks] => {
        const row = rows.find((one) => one.side === side) ?? nothingRegistered;
        const { problem, checkedAt } = row;
        const own = hooks.filter((hook) => hook.side === side).map(({ side: _side, ...hook }) => hook);
        return [side, { problem, checkedAt, hooks: own }];
      });
      return Object.fromEntries(bySide) as Record<Side, SideHooks>;
    },

    async hookSecrets(site, side) {
      const row = await secretsIn(db.ofSite(site), site, side);
      if (row === null) return null;
      if (!sealer.has(row.keyId)) {
        throw sealer.lacks(row.keyId, `What signs the webhooks of site ${site} is sealed`);
      }
      return opened(site, side, row);
    },

    ensureHookSecrets: (site, side) =>
      withSite(db, site, async (tx) => {
        await ensureRow(tx, site, side);
        const row = await secretsIn(tx, site, side);
        if (row !== null && sealer.has(row.keyId)) return { ...opened(site, side, row), isNew: false };
        const current = newSecret();
        await sql`
          update hook_sides set secret = ${sealed(site, side, current)}, key_id = ${sealer.keyId}, previous_secret = null
          where site = ${site} and side = ${side}`.execute(tx);
        return { current, previous: null, isNew: true };
      }),

    rotateHookSecret: (site, side) =>
      withSite(db, site, async (tx) => {
        await ensureRow(tx, site, side);
        const row = await secretsIn(tx, site, side);
        if (row === null || !sealer.has(row.keyId) || row.previous !== null) return;
        // Both anew, for a row is under one key.
        const { current } = opened(site, side, row);
        await sql`
          update hook_sides set key_id = ${sealer.keyId}, previous_secret = ${sealed(site, side, current)},
            secret = ${sealed(site, side, newSecret())}
          where site = ${site} and side = ${side}`.execute(tx);
      }),

    confirmHookSecret: (site, side, current) =>
      withSite(db, site, async (tx) => {
        await ensureRow(tx, site, side);
        const row = await secretsIn(tx, site, side);
        // Another rotation may have begun meanwhile.
        if (row === null || !sealer.has(row.keyId) || opened(site, side, row).current !== current) return;
        await sql`update hook_sides set previous_secret = null where site = ${site} and side = ${side}`.execute(
          tx,
        );
      }),

    noteHooks: (site, side, found, problem) =>
      withSite(db, site, async (tx) => {
        await noteSide(tx, site, side, problem);
        const column = (value: (hook: (typeof found)[number]) => string) => found.map(value);
        await sql`
          delete from hooks where site = ${site} and side = ${side}
            and event <> all(${column(({ event }) => event)}::text[])`.execute(tx);
        await sql`
          insert into hooks as h (site, side, event, hook_id, kind, state)
          select ${site}, ${side}, x.event, x.id,
            case when x.event like 'COMPANY.%' then 'company' else 'customer' end,
            case when x.is_on then 'active' else 'off' end
          from unnest(${column(({ event }) => event)}::text[], ${column(({ id }) => id)}::text[],
            ${found.map(({ on }) => on)}::boolean[]) as x(event, id, is_on)
          on conflict (event, site, side) do update set hook_id = excluded.hook_id, state = excluded.state,
            registered_at = case when h.hook_id = excluded.hook_id then h.registered_at else excluded.registered_at end`.execute(
          tx,
        );
        await findSilent(tx, site, side, hookSilenceMs);
      }),
  };

  function opened(site: string, side: Side, row: SecretsRow): HookSecrets {
    const { keyId, secret, previous } = row;
    const purpose = purposes.hookSecret(site, side);
    return {
      current: sealer.open(keyId, purpose, secret),
      previous: previous === null ? null : sealer.open(keyId, purpose, previous),
    };
  }

  function sealed(site: string, side: Side, secret: string): Buffer {
    return sealer.seal(purposes.hookSecret(site, side), secret);
  }
}

interface SecretsRow {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly previous: Buffer | null;
}

async function secretsIn(db: Kysely<Database>, site: string, side: Side): Promise<SecretsRow | null> {
  const { rows } = await sql<SecretsRow>`
    select key_id as "keyId", secret, previous_secret as previous from hook_sides
    where site = ${site} and side = ${side} and secret is not null`.execute(db);
  return rows[0] ?? null;
}

/** Locks the row too, so that two processes do not make a secret each. */
async function ensureRow(tx: Tx, site: string, side: Side): Promise<void> {
  await sql`
    insert into hook_sides (site, side) values (${site}, ${side})
    on conflict (site, side) do update set side = excluded.side`.execute(tx);
}

async function noteSide(tx: Tx, site: string, side: Side, problem: HookProblem | null): Promise<void> {
  await sql`
    insert into hook_sides (site, side, problem, checked_at) values (${site}, ${side}, ${problem}, clock_timestamp())
    on conflict (site, side) do update set problem = excluded.problem, checked_at = excluded.checked_at`.execute(
    tx,
  );
}

/** By kind: which of its events a change fires is the vendor's affair. */
async function findSilent(tx: Tx, site: string, side: Side, silenceMs: number): Promise<void> {
  const grace = sql`${silenceMs} * interval '1 ms'`;
  const heard = sql`(select greatest(max(h.registered_at), max(h.last_delivery_at), (select max(d.received_at) from deliveries d
    where d.site = ${site} and d.side = ${side} and d.kind = w.kind and d.dispatched_at is null))
    from hooks h where h.site = ${site} and h.side = ${side} and h.kind = w.kind)`;
  // What was told of since then, or may have been, says nothing any more: the next change that polls find is noted anew.
  await sql`
    update watched w set unheard_since = null
    where w.site = ${site} and w.side = ${side} and w.news = 'changed' and w.unheard_since <= ${heard} + ${grace}`.execute(
    tx,
  );
  await sql`
    update hooks h set state = 'silent' from watched w
    where h.site = ${site} and h.side = ${side} and h.state = 'active'
      and w.site = h.site and w.side = h.side and w.kind = h.kind and w.news = 'changed'
      and w.unheard_since < clock_timestamp() - ${grace}`.execute(tx);
}

function newSecret(): string {
  return randomBytes(32).toString('hex');
}
