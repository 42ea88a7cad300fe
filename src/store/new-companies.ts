/** Orders of companies to be made in Desk (R5): stored before the call, closed with the link that comes of it (R15). */
import { sql } from 'kysely';
import type { CompanyOrder, NewCompany, NewCompanyStore, Ordered } from '../ports/new-companies';
import type { WalledDatabase } from './database';
import { journal } from './journal';
import { linksOf } from './link-rows';
import { nameKey } from './match-keys';
import { addDueLinks } from './due';
import { dueForRecords } from './record-dues';
import { upsertRecords } from './record-pages';
import { keyOf } from './record-rows';
import { jsonb } from './storable';
import { withSite, type Tx } from './transaction';

export function newCompanyMethods(
  db: WalledDatabase,
  options: { readonly settleMs: number },
): NewCompanyStore {
  return {
    orderCompany: (site, company) => withSite(db, site, (tx) => order(tx, site, company)),

    async companyOrder(site, id) {
      const { rows } = await sql<Omit<CompanyOrder, 'addAsClient'> & { readonly asked: string }>`
        select n.state, n.fields, n.domains, n.asked, n.sent_at as "sentAt", n.link, n.reason, l.desk_id as "deskId",
          greatest(0, ceil(extract(epoch from n.settles_at - clock_timestamp()) * 1000))::int as "settlesInMs"
        from new_companies n left join links l on l.site = n.site and l.number = n.link
        where n.site = ${site} and n.id = ${id}`.execute(db.ofSite(site));
      const [row] = rows;
      if (row === undefined) throw new Error(`Site ${site} has no order ${id} of a company; order it again.`);
      const { asked, ...rest } = row;
      return { ...rest, addAsClient: asked === 'yes' };
    },

    companySent: (site, id) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<{ frozen: boolean; paused: boolean }>`
          select frozen is not null as frozen, paused or 'company' = any(paused_kinds) as paused
          from sites where site = ${site} for share`.execute(tx);
        if (rows[0]?.frozen !== false) return 'frozen';
        if (rows[0].paused) return 'paused';
        const sent = await sql`
          update new_companies set state = 'sent', sent_at = clock_timestamp(),
            settles_at = clock_timestamp() + ${options.settleMs} * interval '1 ms'
          where site = ${site} and id = ${id} and state = 'ordered'`.execute(tx);
        if (sent.numAffectedRows !== 1n)
          throw new Error(`Order ${id} of site ${site} was given up meanwhile.`);
        return 'sent';
      }),

    companyUnknown: (site, id) =>
      withSite(db, site, async (tx) => {
        await sql`
          update new_companies set state = 'unknown',
            settles_at = clock_timestamp() + ${options.settleMs} * interval '1 ms'
          where site = ${site} and id = ${id} and state = 'sent'`.execute(tx);
      }),

    companyNotMade: (site, id) =>
      withSite(db, site, async (tx) => {
        await sql`
          update new_companies set state = 'ordered', sent_at = null, settles_at = null
          where site = ${site} and id = ${id} and state in ('sent', 'unknown')`.execute(tx);
      }),

    companyRefused: (site, id, reason) =>
      withSite(db, site, async (tx) => {
        await sql`
          update new_companies set state = 'refused', reason = ${reason}
          where site = ${site} and id = ${id} and state <> 'confirmed'`.execute(tx);
      }),

    companyMade: (site, id, observation) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<{ asked: 'yes' | 'unchecked'; link: number | null; now: string }>`
          select asked, link, clock_timestamp() as now from new_companies
          where site = ${site} and id = ${id} for no key update`.execute(tx);
        const [row] = rows;
        if (row === undefined) throw new Error(`Site ${site} has no order ${id} of a company.`);
        if (row.link !== null) return row.link;
        await upsertRecords(tx, site, {
          ...{ side: 'desk', kind: 'company', survey: null },
          observations: [{ ...observation, readAt: row.now }],
        });
        const link = await linkOfMade(tx, site, observation.id, row.asked);
        await sql`
          update new_companies set state = 'confirmed', link = ${link} where site = ${site} and id = ${id}`.execute(
          tx,
        );
        await journal(tx, site, [
          {
            link,
            event: 'created',
            side: 'desk',
            detail: { id: observation.id, order: id, asked: row.asked },
          },
        ]);
        return link;
      }),
  };
}

async function order(tx: Tx, site: string, company: NewCompany): Promise<Ordered> {
  const key = nameKey(company.fields.name);
  if (company.addAsClient) {
    const inTheWay = await clientOfThatName(tx, site, key);
    if (inTheWay !== null) return inTheWay;
  }
  const asked = company.addAsClient ? 'yes' : 'unchecked';
  // One that no worker ever took up does not hold the name for good.
  await sql`
    update new_companies set state = 'refused', reason = 'given_up'
    where site = ${site} and key = ${key} and state = 'ordered'
      and ordered_at < clock_timestamp() - interval '1 minute'`.execute(tx);
  const { rows: made } = await sql<{ id: string }>`
    insert into new_companies (site, key, fields, domains, asked, state)
    values (${site}, ${key}, ${jsonb(company.fields)}, ${company.domains}::text[], ${asked}, 'ordered')
    on conflict do nothing returning id`.execute(tx);
  if (made[0] !== undefined) return { order: made[0].id };
  const { rows: open } = await sql<{ id: string }>`
    select id from new_companies
    where site = ${site} and key = ${key} and state in ('ordered', 'sent', 'unknown')
      and fields = ${jsonb(company.fields)} and domains = ${company.domains}::text[] and asked = ${asked}`.execute(
    tx,
  );
  return open[0] === undefined ? { underWay: true } : { order: open[0].id };
}

/** One that stands alone is nobody's trouble: it is matched once the Desk company is there (R14). */
async function clientOfThatName(tx: Tx, site: string, key: string): Promise<Ordered | null> {
  const { rows } = await sql<{ id: string; scope: string; linked: number | null; broken: number | null }>`
    select r.id, r.scope,
      (select l.number from links l where l.site = ${site} and l.kind = 'company' and l.teamwork_id = r.id
        and l.phase = 'active') as linked,
      (select max(l.number) from links l where l.site = ${site} and l.kind = 'company' and l.teamwork_id = r.id
        and l.phase = 'broken') as broken
    from record_keys k
    join records r on r.site = k.site and r.kind = k.kind and r.side = k.side and r.id = k.id
    where k.site = ${site} and k.kind = 'company' and k.side = 'teamwork' and k.field = 'name' and k.key = ${key}
      and r.presence <> 'gone' and not r.deleted
    order by r.id`.execute(tx);
  const held = rows.find(({ scope, linked }) => scope !== 'client' || linked !== null);
  if (held !== undefined) return { taken: { side: 'teamwork', id: held.id, link: held.linked } };
  const dead = rows.find(({ broken }) => broken !== null);
  return dead === undefined || dead.broken === null ? null : { tombstone: dead.broken };
}

/** A poll that came first gave it a row, and that row knew of the order (`record-dues.ts`). */
async function linkOfMade(tx: Tx, site: string, id: string, asked: 'yes' | 'unchecked'): Promise<number> {
  const ref = { side: 'desk', id } as const;
  await dueForRecords(tx, site, 'company', [ref], { priority: 2, read: false });
  const link = (await linksOf(tx, site, 'company', [ref])).get(keyOf(ref));
  if (link === undefined) throw new Error(`desk company ${id} of site ${site} got no link row.`);
  await sql`
    update links set asked = ${asked}, version = version + 1
    where site = ${site} and number = ${link.number} and phase = 'lone'`.execute(tx);
  await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read: [] }]);
  return link.number;
}
