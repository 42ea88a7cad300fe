/** Postgres alone: what the schema makes impossible, whatever the code above it does. */
import { sql } from 'kysely';
import { connectDatabase } from '../../src/store/database';
import { migrate, missingMigrations } from '../../src/store/migrate';
import { openStore } from '../../src/store/open-store';
import { sealerWith } from '../../src/store/sealing';
import { withSite } from '../../src/store/transaction';
import { createDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';
import { aNewSite, aWorld, alone, company, creating, type World } from '../support/store-world';

const encryptionKeys = [Buffer.alloc(32, 7)];
let database: TestDatabase;
let db: ReturnType<typeof connectDatabase>;
let opened: Awaited<ReturnType<typeof openStore>>;

beforeAll(async () => {
  database = await createDatabase();
  await migrate(database.url);
  db = connectDatabase({ databaseUrl: database.url, poolSize: 4 });
  opened = await openStore({ databaseUrl: database.url, encryptionKeys, settleMs: 0 });
});
afterAll(async () => {
  await opened.close();
  await db.close();
  await database.drop();
});

describe('migrations', () => {
  it('of several that start at once one does the work, and the others find it done', async () => {
    const fresh = await createDatabase();
    const missing = await missingMigrations(fresh.url);
    const applied = await Promise.all([migrate(fresh.url), migrate(fresh.url), migrate(fresh.url)]);
    expect(applied.map((names) => names.length).sort()).toEqual([0, 0, missing.length]);
    expect(await missingMigrations(fresh.url)).toEqual([]);
    await fresh.drop();
  });
});

describe('I3 two links for one record', () => {
  const insert = (site: string, phase: string, ids: readonly [string | null, string | null]) =>
    sql`
    insert into links (site, kind, phase, teamwork_id, desk_id, status, active_since, tombstone)
    values (${site}, 'company', ${phase}, ${ids[0]}, ${ids[1]}, 'pending', now(), '{}')`.execute(
      db.acrossSites,
    );

  it.each([
    ['active', 'active', 'links_one_per_desk_record'],
    ['active', 'lone', 'links_one_per_desk_record'],
  ])('%s and %s are refused', async (one, other, constraint) => {
    const { site } = await aWorld(opened);
    await insert(site, one, ['1', '7']);
    await expect(insert(site, other, other === 'lone' ? [null, '7'] : ['2', '7'])).rejects.toThrow(
      constraint,
    );
  });

  it('R22 a tombstone stands beside the new link', async () => {
    const { site } = await aWorld(opened);
    await insert(site, 'broken', ['1', '7']);
    await expect(insert(site, 'active', ['2', '7'])).resolves.toBeDefined();
  });

  it('an active link has both records', async () => {
    const { site } = await aWorld(opened);
    await expect(insert(site, 'active', [null, '7'])).rejects.toThrow('links_phase_has_its_facts');
  });
});

describe('I4 a second create', () => {
  async function aConfirmedCreate(): Promise<{
    readonly world: World;
    readonly link: number;
    readonly plan: string;
  }> {
    const world = await aWorld(opened);
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'teamwork', () => creating('desk', { name: 'Acme' }));
    const [due] = await world.store.claimDue(world.site, world.run, 1);
    const plan = due?.plan?.planId ?? '';
    const start = await world.store.beginStep(world.site, plan, 0);
    if ('refused' in start) throw new Error(start.refused);
    return { world, link: start.link, plan };
  }

  it('for the same link is refused, be its plan another', async () => {
    const { world, link } = await aConfirmedCreate();
    const again = sql`
      insert into intents (site, link, kind, plan, step, side, action, sent, source_base, state, settles_at, closed_at)
      values (${world.site}, ${link}, 'company', gen_random_uuid(), 0, 'desk', 'create', '{}', '{}', 'confirmed',
        now(), now())`;
    await expect(again.execute(db.acrossSites)).rejects.toThrow('intents_one_create_per_link');
  });

  it('R15 an identity that an open intent gives is claimed by nobody else', async () => {
    const { world, link } = await aConfirmedCreate();
    const again = sql`
      insert into identity_claims (site, kind, key, link, intent)
      select site, kind, key, ${link}, intent from identity_claims where site = ${world.site}`;
    await expect(again.execute(db.acrossSites)).rejects.toThrow('identity_claims_pkey');
  });
});

describe('I23 the journal', () => {
  it.each(['update journal set event = event', 'delete from journal', 'truncate journal'])(
    'refuses: %s',
    async (change) => {
      const world = await aWorld(opened);
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await expect(sql.raw(change).execute(db.acrossSites)).rejects.toThrow('append-only');
    },
  );
});

describe('the audit list', () => {
  it.each(["update audit set who = 'nobody'", 'delete from audit', 'truncate audit'])(
    'refuses its owner, too: %s',
    async (change) => {
      await opened.accounts.noteAudit({ who: 'Ada', site: null, what: 'something', detail: {} });
      await expect(sql.raw(change).execute(db.acrossSites)).rejects.toThrow('append-only');
    },
  );
});

describe('I24 credentials at rest', () => {
  it('are not in the database as they are', async () => {
    const site = aNewSite({ credentials: { teamwork: 'canary-one', desk: 'canary-two' } });
    await opened.store.addSite(site);
    const { rows } = await sql<{
      row: string;
    }>`select sites::text as row from sites where site = ${site.id}`.execute(db.acrossSites);
    const text =
      JSON.stringify(rows) + Buffer.from(rows[0]?.row.replaceAll('\\x', '') ?? '', 'hex').toString('latin1');
    expect(text).not.toContain('canary');
  });

  it('moved to another site or side they open nothing', () => {
    const sealer = sealerWith(encryptionKeys);
    const sealed = sealer.seal('one:desk credential', 'secret');
    expect(sealer.open(sealer.keyId, 'one:desk credential', sealed)).toBe('secret');
    expect(() => sealer.open(sealer.keyId, 'other:desk credential', sealed)).toThrow();
    expect(() => sealer.open(sealer.keyId, 'one:teamwork credential', sealed)).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => sealer.open(sealer.keyId, 'one:desk credential', sealed)).toThrow();
  });

  it('under another key the error says so, and whose move is next', async () => {
    const site = aNewSite();
    await opened.store.addSite(site);
    const other = await openStore({
      databaseUrl: database.url,
      encryptionKeys: [Buffer.alloc(32, 8)],
      settleMs: 0,
    });
    await expect(other.store.credentials(site.id)).rejects.toThrow(
      /sealed with key \w+, and this process has key \w+: the operator starts it with the former encryption key/,
    );
    await other.close();
  });

  it('a key of the wrong length is refused at the start', () => {
    expect(() => sealerWith([Buffer.alloc(31)])).toThrow('31 bytes instead of 32');
  });
});

describe('transactions', () => {
  const failing = (code: string) =>
    sql.raw(`do $$ begin raise exception 'told to' using errcode = '${code}'; end $$`);

  it.each(['40001', '40P01'])('are run again as a whole after %s', async (code) => {
    let runs = 0;
    const result = await withSite(db, 'any', async (tx) => {
      runs++;
      if (runs < 3) await failing(code).execute(tx);
      return runs;
    });
    expect(result).toBe(3);
  });

  it('are not run again for ever', async () => {
    let runs = 0;
    const endless = withSite(db, 'any', async (tx) => {
      runs++;
      await failing('40001').execute(tx);
    });
    await expect(endless).rejects.toThrow('told to');
    expect(runs).toBe(5);
  });

  it('are not run again after a lost connection', async () => {
    let runs = 0;
    const lost = withSite(db, 'any', async (tx) => {
      runs++;
      await failing('57P01').execute(tx);
    });
    await expect(lost).rejects.toThrow('told to');
    expect(runs).toBe(1);
  });

  it('connections that Postgres ended are replaced', async () => {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(db.acrossSites);
    const answers = () => opened.store.sites().then(Boolean, () => false);
    await until(answers);
    expect(await answers()).toBe(true);
  });

  it('deciding the same records from both sides at once never ends in a deadlock', async () => {
    const world = await aWorld(opened);
    const ids = Array.from({ length: 60 }, (_, index) => String(index + 1));
    for (const side of ['teamwork', 'desk'] as const) {
      await world.survey(
        side,
        'company',
        ids.map((id) => company(side, id, `Company ${id}`)),
      );
    }
    const decide = (side: 'teamwork' | 'desk') => world.settle('company', side, () => alone);
    await Promise.all([decide('teamwork'), decide('desk'), decide('teamwork'), decide('desk')]);
    expect(await world.reads.links(world.site, { kind: 'company', limit: 1_000 })).toHaveLength(120);
  });
});
