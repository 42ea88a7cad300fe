/** What operators make due of many links at once, and how they see that it is done (R7, R31). */
import { sql, type RawBuilder } from 'kysely';
import type { OperationStore } from '../ports/operations';
import type { WalledDatabase } from './database';
import { addDue } from './due';
import { journal } from './journal';
import { linksOf } from './link-rows';
import { newCompanyMethods } from './new-companies';
import { operateMethod } from './operations';
import { dueForRecords } from './record-dues';
import { keyOf } from './record-rows';
import { withSite } from './transaction';

export function operationMethods(db: WalledDatabase, options: { readonly settleMs: number }): OperationStore {
  return {
    ...operateMethod(db),
    ...newCompanyMethods(db, options),

    linkFor: (site, kind, side, id) =>
      withSite(db, site, async (tx) => {
        const ref = { side, id };
        const known = (await linksOf(tx, site, kind, [ref])).get(keyOf(ref));
        if (known !== undefined) return known.number;
        await dueForRecords(tx, site, kind, [ref], { priority: 2, read: true });
        const allocated = (await linksOf(tx, site, kind, [ref])).get(keyOf(ref));
        if (allocated === undefined)
          throw new Error(`${side} ${kind} ${id} of site ${site} got no link row.`);
        return allocated.number;
      }),

    retryFailing: (site) =>
      withSite(db, site, async (tx) => {
        const failing = sql`l.site = ${site} and l.phase in ('lone', 'active') and l.status = 'failing'`;
        const { rows } = await sql<{ link: number }>`
          select l.number as link from links l where ${failing} order by l.number for no key update`.execute(
          tx,
        );
        await addDue(tx, site, rowsOf(failing));
        await journal(
          tx,
          site,
          rows.map(({ link }) => ({ link, event: 'retried' })),
        );
        return rows.length;
      }),

    makeDue: (site, links) =>
      withSite(db, site, (tx) =>
        addDue(
          tx,
          site,
          rowsOf(
            sql`l.site = ${site} and l.phase in ('lone', 'active') and l.number = any(${links}::bigint[])`,
          ),
        ),
      ),

    async unfinished(site, links) {
      const { rows } = await sql<{ links: number }>`
        select count(*) as links from due
        where site = ${site} and link = any(${links}::bigint[]) and at <= clock_timestamp()`.execute(
        db.ofSite(site),
      );
      return rows[0]?.links ?? 0;
    },

    async excludedCustomers(site) {
      const { rows } = await sql<{ links: number }>`
        select count(*) as links from links l where ${excludedByTheSetting(site)}`.execute(db.ofSite(site));
      return rows[0]?.links ?? 0;
    },

    askForExcluded: (site) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<{ number: number }>`
          update links l set asked = 'yes', version = version + 1 where ${excludedByTheSetting(site)}
          returning number`.execute(tx);
        const numbers = rows.map(({ number }) => number);
        await addDue(tx, site, rowsOf(sql`l.site = ${site} and l.number = any(${numbers}::bigint[])`));
        return numbers.length;
      }),
  };
}

/** Links `l` as due rows, with every record of theirs read first. */
function rowsOf(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select l.number, l.kind, clock_timestamp(), 2::smallint,
      array_remove(array[case when l.teamwork_id is not null then 'teamwork' end,
        case when l.desk_id is not null then 'desk' end], null), null::text
    from links l where ${which}`;
}

/** Of `links l`. */
function excludedByTheSetting(site: string): RawBuilder<unknown> {
  return sql`l.site = ${site} and l.kind = 'customer' and l.phase = 'lone' and l.status = 'excluded'
    and l.reason in ('automatic_creation_off', 'earlier_customer') and l.asked is distinct from 'yes'`;
}
