/** Sites: what `connect` established, settings, pause and freeze, credentials. */
import { sql, type Selectable } from 'kysely';
import { kinds, sides, type Kind } from '../domain/record';
import type { Credentials, NewSite, Settings, Site } from '../ports/sites';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { journal } from './journal';
import { purposes, type Sealer } from './sealing';
import { instant, instantText, json, jsonb, storable } from './storable';
import type { SiteTable } from './tables';
import { violatedConstraint, withSite } from './transaction';

type SiteMethods = Pick<
  Store,
  | 'addSite'
  | 'site'
  | 'sites'
  | 'credentials'
  | 'reconnectSite'
  | 'changeSettings'
  | 'setPaused'
  | 'freeze'
  | 'setAdoptOnly'
>;

export const firstSettings: Settings = {
  automaticallyCreateContacts: false,
  automaticSince: null,
  conflictPolicy: 'latest',
  budgetShare: 1,
};

export function siteMethods(db: WalledDatabase, sealer: Sealer): SiteMethods {
  const established = (site: NewSite) => ({
    url: site.url,
    key_id: sealer.keyId,
    teamwork_credential: sealer.seal(purposes.credential(site.id, 'teamwork'), site.credentials.teamwork),
    desk_credential: sealer.seal(purposes.credential(site.id, 'desk'), site.credentials.desk),
    desk_created_at: instant(site.deskCreatedAt),
    owner_company_id: site.ownerCompanyId,
    users: json(site.users),
    desk_pins: json(site.deskPins),
    adopt_only: site.adoptOnly,
  });

  return {
    async addSite(site) {
      await withSite(db, site.id, async (tx) => {
        await tx
          .insertInto('sites')
          .values({ site: site.id, settings: json(firstSettings), ...established(site) })
          .execute();
        for (const side of sides) {
          await sql`insert into budgets (site, side) values (${site.id}, ${side})`.execute(tx);
        }
      }).catch((error: unknown) => {
        throw namedConflict(error, site);
      });
    },

    async site(id) {
      const row = await db
        .ofSite(id)
        .selectFrom('sites')
        .selectAll()
        .where('site', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : toSite(row);
    },

    async sites() {
      const rows = await db.acrossSites.selectFrom('sites').selectAll().orderBy('site').execute();
      return rows.map(toSite);
    },

    async credentials(id): Promise<Credentials> {
      const row = await db
        .ofSite(id)
        .selectFrom('sites')
        .select(['key_id', 'teamwork_credential', 'desk_credential'])
        .where('site', '=', id)
        .executeTakeFirst();
      if (row === undefined) throw noSuchSite(id);
      const { key_id: keyId } = row;
      if (!sealer.has(keyId)) throw sealer.lacks(keyId, `The credentials of site ${id} are sealed`);
      return {
        teamwork: sealer.open(keyId, purposes.credential(id, 'teamwork'), row.teamwork_credential),
        desk: sealer.open(keyId, purposes.credential(id, 'desk'), row.desk_credential),
      };
    },

    async reconnectSite(site) {
      await withSite(db, site.id, async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('sites')
          .set({ ...established(site), frozen: null })
          .where('site', '=', site.id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw noSuchSite(site.id);
      }).catch((error: unknown) => {
        throw namedConflict(error, site);
      });
    },

    async changeSettings(id, settings) {
      const { automaticallyCreateContacts: turned } = settings;
      // Turned on again, it stays on since when it was. Vendors tell whole seconds, so the moment is a whole one, too.
      const since =
        turned === undefined
          ? sql`'{}'::jsonb`
          : sql`jsonb_build_object('automaticSince', case when ${turned} then coalesce(settings ->> 'automaticSince',
              ${instantText(sql`date_trunc('second', clock_timestamp())`)}) end)`;
      await changeSite(id, sql`settings = settings || ${jsonb(settings)} || ${since}`);
    },

    async setPaused(id, scope, paused) {
      if (typeof scope === 'object') {
        await withSite(db, id, async (tx) => {
          const changed = await sql<{ number: number }>`
            update links set paused = ${paused}, version = version + 1
            where site = ${id} and number = ${scope.link} and paused <> ${paused}
            returning number`.execute(tx);
          const event = paused ? 'paused' : 'resumed';
          await journal(
            tx,
            id,
            changed.rows.map(({ number }) => ({ link: number, event })),
          );
        });
      } else if (scope === 'site') {
        await changeSite(id, sql`paused = ${paused}`);
      } else {
        const others = sql`array_remove(paused_kinds, ${scope})`;
        await changeSite(id, sql`paused_kinds = ${paused ? sql`${others} || array[${scope}]` : others}`);
      }
    },

    async freeze(id, why) {
      await changeSite(id, sql`frozen = ${why === null ? null : storable(why)}`);
    },

    async setAdoptOnly(id, adoptOnly) {
      await changeSite(id, sql`adopt_only = ${adoptOnly}`);
    },
  };

  async function changeSite(id: string, change: ReturnType<typeof sql>): Promise<void> {
    const { numAffectedRows } = await sql`update sites set ${change} where site = ${id}`.execute(
      db.ofSite(id),
    );
    if (numAffectedRows === 0n) throw noSuchSite(id);
  }
}

function toSite(row: Selectable<SiteTable>): Site {
  return {
    id: row.site,
    url: row.url,
    deskCreatedAt: row.desk_created_at,
    settings: row.settings,
    ownerCompanyId: row.owner_company_id,
    users: row.users,
    deskPins: row.desk_pins,
    frozen: row.frozen,
    adoptOnly: row.adopt_only,
    paused: { site: row.paused, kinds: kinds.filter((kind: Kind) => row.paused_kinds.includes(kind)) },
    createdAt: row.created_at,
  };
}

function noSuchSite(id: string): Error {
  return new Error(`There is no site ${id}; connect it first.`);
}

function namedConflict(error: unknown, site: NewSite): unknown {
  const constraint = violatedConstraint(error);
  if (constraint === 'sites_pkey') {
    return new Error(`Site ${site.id} is connected already; reconnect it, or choose another name.`, {
      cause: error,
    });
  }
  if (constraint === 'sites_one_per_url') {
    return new Error(`Another site is connected to the address of site ${site.id}; use that one.`, {
      cause: error,
    });
  }
  return error;
}
