/** Certificates: the site's are kept, a company's latest replaces the one before. */
import { sql } from 'kysely';
import type { Certificate, CertificateStore, CompanyCertificate } from '../ports/certificates';
import type { WalledDatabase } from './database';
import { jsonb } from './storable';

import { withSite } from './transaction';

const certificateColumns = sql`
  c.number, c.issued_at as "issuedAt", c.explained, c.different, c.digest,
  jsonb_build_object('company', c.companies_agreed, 'customer', c.customers_agreed) as agreed`;

/** A company whose link was broken since is no part of what is in step. */
const companyRows = sql`
  select w.link, jsonb_build_object('teamwork', w.teamwork_id, 'desk', w.desk_id) as ids, w.agreed, w.explained,
    w.different, w.digest, c.issued_at as "issuedAt", w.agreed_at as "agreedAt"
  from company_certificates w
  join certificates c on c.site = w.site and c.number = w.number
  join links l on l.site = w.site and l.number = w.link and l.phase = 'active'`;

export function certificateMethods(db: WalledDatabase): CertificateStore {
  return {
    issue: (site, { agreed, explained, different, digest, companies }) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<Certificate>`
          insert into certificates as c (site, companies_agreed, customers_agreed, explained, different, digest)
          values (${site}, ${agreed.company}, ${agreed.customer}, ${explained}, ${different}, ${digest})
          returning ${certificateColumns}`.execute(tx);
        const [issued] = rows;
        if (issued === undefined) throw new Error(`The certificate of site ${site} was not stored.`);
        await sql`
          insert into company_certificates as w (site, link, number, teamwork_id, desk_id, agreed, explained, different,
            digest, agreed_at)
          select ${site}, x.link, ${issued.number}, x.ids ->> 'teamwork', x.ids ->> 'desk', x.agreed, x.explained,
            x.different, x.digest, case x.different when 0 then ${issued.issuedAt}::timestamptz end
          from jsonb_to_recordset(${jsonb(companies)}) as x(link bigint, ids jsonb, agreed int, explained int,
            different int, digest text)
          on conflict (site, link) do update set
            number = excluded.number, teamwork_id = excluded.teamwork_id, desk_id = excluded.desk_id,
            agreed = excluded.agreed, explained = excluded.explained, different = excluded.different,
            digest = excluded.digest, agreed_at = coalesce(excluded.agreed_at, w.agreed_at)`.execute(tx);
        return issued;
      }),

    async certificates(site, limit) {
      const { rows } = await sql<Certificate>`
        select ${certificateColumns} from certificates c
        where c.site = ${site} order by c.number desc limit ${limit}`.execute(db.ofSite(site));
      return rows;
    },

    async differingCompanies(site, limit) {
      const { rows } = await sql<CompanyCertificate>`
        ${companyRows} where w.site = ${site} and w.different > 0 order by w.link limit ${limit}`.execute(
        db.ofSite(site),
      );
      return rows;
    },

    async companyCertificate(site, link) {
      const { rows } = await sql<CompanyCertificate>`
        ${companyRows} where w.site = ${site} and w.link = ${link}`.execute(db.ofSite(site));
      return rows[0] ?? null;
    },
  };
}
