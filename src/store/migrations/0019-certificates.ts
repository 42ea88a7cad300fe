/** What `verify` proved: of the site every time, of each linked company the last time and when it last agreed. */
import { sql } from 'kysely';
import { wallOff } from '../site-wall';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table certificates (
      site text not null references sites on delete cascade,
      number bigint generated always as identity,
      issued_at timestamptz not null default clock_timestamp(),
      companies_agreed integer not null,
      customers_agreed integer not null,
      explained integer not null,
      different integer not null,
      digest text not null,
      primary key (site, number)
    )`.execute(tx);
  await sql`
    create table company_certificates (
      site text not null,
      link bigint not null,
      number bigint not null,
      teamwork_id text not null,
      desk_id text not null,
      agreed integer not null,
      explained integer not null,
      different integer not null,
      digest text not null,
      agreed_at timestamptz,
      primary key (site, link),
      foreign key (site, number) references certificates (site, number) on delete cascade
    )`.execute(tx);
  for (const table of ['certificates', 'company_certificates']) await wallOff(tx, table);
}
