/** `npm run screenshots`: every page of the console in both themes, into docs/screenshots. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCertificate } from '../../src/certify';
import { compareSite } from '../../src/verify';
import { operate } from '../cli/operator';
import { openConsoleLab } from '../support/console-lab';
import { site, type Lab } from '../support/lab';
import { desk } from '../support/operator-of';
import { until } from '../support/until';

const folder = join(__dirname, '../../docs/screenshots');

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const console = await openConsoleLab();
  const { lab, page } = console;
  try {
    await lab.connect();
    await lab.runEnded(await lab.startRun('plan'));
    await lab.runEnded(await lab.startRun());
    await console.signIn();
    const [customer] = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 1 });
    const conflict = await aConflict(lab);
    const [question] = await lab.engine.reads.links(site, { kind: 'company', status: 'question', limit: 1 });
    const [company] = await lab.engine.reads.links(site, { kind: 'company', status: 'in_sync', limit: 1 });
    await issueCertificate(lab.engine.certificates, site, await compareSite(lab.engine, site));
    const plan = await lab.engine.store.latestRun(site, 'plan');
    const sync = await lab.engine.store.latestRun(site, 'sync');
    const pages: Readonly<Record<string, string>> = {
      overview: '',
      companies: '/companies',
      'new-company': '/companies/new',
      customers: '/customers',
      record: `/links/${customer?.link.number ?? 0}`,
      conflict: `/links/${conflict}`,
      question: `/links/${question?.link.number ?? 0}`,
      unlink: `/links/${customer?.link.number ?? 0}/unlink`,
      attention: '/attention',
      runs: '/runs',
      plan: `/runs/${plan?.id ?? ''}`,
      undo: `/runs/${sync?.id ?? ''}/undo`,
      company: `/links/${company?.link.number ?? 0}`,
      certificates: '/certificates',
      settings: '/settings',
    };
    const paths = [
      ...Object.entries(pages).map(([name, path]) => [name, `/sites/${site}${path}`] as const),
      ...(['account', 'users', 'connect'] as const).map((name) => [name, `/${name}`] as const),
    ];
    // Another place where the same person is signed in, for the account's page.
    const [ada] = await lab.engine.accounts.users();
    await lab.engine.accounts.openSession(ada?.id ?? 0, 'Safari on iOS');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [name, path] of paths) {
        await console.open(path);
        // What a conflict came to stands far down its record's page.
        await page.screenshot({
          path: join(folder, `${name}-${colorScheme}.png`),
          fullPage: name === 'conflict',
        });
      }
    }
  } finally {
    await console.close();
  }
}

/** A customer whose last name both sides edited at once; answers its link. */
async function aConflict(lab: Lab): Promise<number> {
  const done = (argv: string) => operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  const links = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 2 });
  const { number = 0, ids } = links[1]?.link ?? {};
  await done('settings set conflictPolicy teamwork');
  await done(`pause ${number}`);
  await lab.sandbox.asUser('PATCH', `${desk}/customers/${ids?.desk ?? ''}.json`, {
    customer: { lastName: 'Okafor' },
  });
  await lab.sandbox.asUser('PUT', `/people/${ids?.teamwork ?? ''}.json`, {
    person: { 'last-name': 'Okonkwo' },
  });
  await done(`resume ${number}`);
  await done(`retry ${number}`);
  await until(async () => {
    const events = (await lab.engine.reads.timeline(site, number, 50)).map(({ event }) => event);
    const { link } = (await lab.engine.store.view(site, number)) ?? {};
    return events.includes('conflict') && link?.status === 'in_sync';
  });
  return number;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
