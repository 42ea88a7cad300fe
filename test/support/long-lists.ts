/** A site as long as the largest: written into the tables at once, for what only reads it. */
import { Client as Postgres } from 'pg';

export interface LongLists {
  readonly companies: number;
  /** In Desk; Teamwork.com has fewer. */
  readonly customers: number;
}

/** One in so many is in Desk alone, and stays out. */
const oneAloneIn = 5;

const names = `'{Ada,Grace,Edsger,Barbara,Donald,Frances,Alan,Radia,Niklaus,Shafi}'::text[]`;
const lastNames = `'{Lovelace,Hopper,Dijkstra,Liskov,Knuth,Allen,Turing,Perlman,Wirth,Goldwasser}'::text[]`;
const person = (company: string) => `jsonb_build_object('firstName', (${names})[1 + n % 10],
  'lastName', (${lastNames})[1 + n / 10 % 10] || ' ' || n, 'email', 'person' || n || '@example.test', 'company', ${company})`;

const statementsFor = ({ companies, customers }: LongLists) => [
  ...(['teamwork', 'desk'] as const).map(
    (side) => `
      insert into records (site, kind, side, id, fields, scope, signs_in, domains, deleted, origin, read_at, presence,
        changed_at, decided)
      select $1, 'company', '${side}', n::text, jsonb_build_object('name', 'Company ' || n, 'website', '', 'email', ''),
        'client', false, '{}', false, 'unknown', now(), 'present', '{}', true
      from generate_series(1, ${companies}) n`,
  ),
  ...(['teamwork', 'desk'] as const).map(
    (side) => `
      insert into records (site, kind, side, id, fields, scope, signs_in, domains, deleted, origin, read_at, presence,
        changed_at, decided)
      select $1, 'customer', '${side}', n::text, ${person(`(1 + n % ${companies})::text`)},
        'client', false, '{}', false, 'desk', now(), 'present', '{}', true
      from generate_series(1, ${customers}) n
      ${side === 'teamwork' ? `where n % ${oneAloneIn} <> 0` : ''}`,
  ),
  `insert into record_keys (site, kind, side, id, field, key)
   select site, kind, side, id, k.field, k.key from records r cross join lateral (
     select 'name' as field, 'n:' || lower(fields ->> 'name') as key where kind = 'company'
     union all select 'fullName', 'p:' || lower((fields ->> 'firstName') || ' ' || (fields ->> 'lastName'))
       where kind = 'customer'
     union all select 'email', 'e:' || (fields ->> 'email') where kind = 'customer') k
   where r.site = $1`,
  `insert into links (site, kind, phase, teamwork_id, desk_id, status, reason, active_since, changed_at)
   select $1, 'company', 'active', n::text, n::text, 'in_sync', 'agreed', now(), now() - n * interval '1 second'
   from generate_series(1, ${companies}) n`,
  `insert into links (site, kind, phase, teamwork_id, desk_id, status, reason, active_since, changed_at)
   select $1, 'customer', case when a then 'lone' else 'active' end, case when a then null else n::text end, n::text,
     case when a then 'excluded' when n % 1000 = 1 then 'failing' else 'in_sync' end,
     case when a then 'automatic_creation_off' when n % 1000 = 1 then 'refused' else 'agreed' end,
     case when a then null else now() end, now() - n * interval '1 second'
   from (select n, n % ${oneAloneIn} = 0 as a from generate_series(1, ${customers}) n) x`,
];

export async function writeLongLists(databaseUrl: string, site: string, size: LongLists): Promise<void> {
  await inPostgres(databaseUrl, async (postgres) => {
    for (const statement of statementsFor(size)) await postgres.query(statement, [site]);
    await postgres.query('vacuum analyze');
  });
}

export async function inPostgres<T>(
  databaseUrl: string,
  work: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const postgres = new Postgres({ connectionString: databaseUrl });
  await postgres.connect();
  try {
    return await work(postgres);
  } finally {
    await postgres.end();
  }
}
