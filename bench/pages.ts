/** The console's lists of 100,000 customers, over HTTP: what a page takes, beside the bare query of as many rows. */
import { openLab, site } from '../test/support/lab';
import { figure, percentile, type Figure } from './figures';
import { inPostgres, writeLongLists } from '../test/support/long-lists';
import { farOn, mostPageMs, signIn, timesOf } from './page-times';

const [companies, customers] = [5_000, 100_000];

/** What no list can do without: 50 links in order, with the records of both sides. */
const bareQuery = `
  select l.*, t.fields as teamwork, d.fields as desk from links l
  left join records t on t.site = l.site and t.kind = l.kind and t.side = 'teamwork' and t.id = l.teamwork_id
  left join records d on d.site = l.site and d.kind = l.kind and d.side = 'desk' and d.id = l.desk_id
  where l.site = $1 and l.kind = 'customer' and l.phase <> 'merged' and l.number > $2 order by l.number limit 50`;

export async function pages(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1 }, hooks: true });
  try {
    await lab.startServer();
    await lab.connect();
    await writeLongLists(lab.databaseUrl, site, { companies, customers });
    const open = await signIn(lab);
    const listed = {
      by_name: '/customers',
      by_name_far_on: '/customers?after=1.p:grace%20liskov%2050000',
      by_status: '/customers?order=status',
      by_status_far_on: `/customers?order=status&after=${customers / 2}.10`,
      by_change: '/customers?order=changed',
      by_change_far_on: await farOn(open, '/customers?order=changed'),
      of_a_rare_status: '/customers?status=failing&order=changed',
      of_a_frequent_status: '/customers?status=excluded',
      found_by_text: '/customers?search=knuth%2041',
      companies_by_change: '/companies?order=changed',
      overview: '',
      attention: '/attention',
    };
    const bare = await timesOfBareQuery(lab.databaseUrl);
    const figures = [figure('pages', 'bare_query_ms', percentile(bare, 50), 'ms', null)];
    for (const [name, path] of Object.entries(listed)) {
      const times = await timesOf(() => open(path));
      const ratio = percentile(times, 50) / percentile(bare, 50);
      figures.push(
        figure('pages', `${name}_p95_ms`, percentile(times, 95), 'ms', { atMost: mostPageMs }),
        figure('pages', `${name}_over_bare_query`, ratio, 'ratio', null),
      );
    }
    return figures;
  } finally {
    await lab.close();
  }
}

function timesOfBareQuery(databaseUrl: string): Promise<number[]> {
  return inPostgres(databaseUrl, (postgres) =>
    timesOf(() => postgres.query(bareQuery, [site, customers / 2])),
  );
}
