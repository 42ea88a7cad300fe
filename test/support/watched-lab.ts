/** A whole stack that keeps one site in step by hooks and polls, and two users who act on both its sides. */
import type { Field, Fields, FieldValue, Kind, Side } from '../../src/domain/record';
import type { LinkRow } from '../../src/ports/reads';
import { operate, type Answered } from '../cli/operator';
import { openLab, site, type Lab } from './lab';
import { vendorUsers } from './vendor-users';
import { until } from './until';

/** The two records of one link. */
export interface Pair {
  readonly link: number;
  readonly kind: Kind;
  readonly ids: Readonly<Record<Side, number>>;
}

/** `at`: where the engine reaches the sandbox instead. */
export async function openWatchedLab(
  options: { at?: (url: string) => Promise<string>; people?: number } = {},
) {
  const lab: Lab = await openLab({
    sandbox: { companies: 4, people: options.people ?? 12, seed: 3, 'rate-limit': 60_000 },
    settleMs: 1_000,
    pollMs: 1_000,
    hooks: true,
  });
  await Promise.all([lab.startWorker(), lab.startServer()]);
  await lab.connect(await options.at?.(lab.sandbox.url));
  await lab.runEnded(await lab.startRun());
  const users = vendorUsers(lab.sandbox);

  const linkOf = async (side: Side, kind: Kind, id: number): Promise<LinkRow['link'] | null> =>
    (await lab.engine.store.viewOfRecord(site, kind, side, String(id)))?.link ?? null;

  /** Once the record is linked: its pair. */
  async function paired(side: Side, kind: Kind, id: number): Promise<Pair> {
    const pairs: Pair[] = [];
    await until(async () => {
      const link = await linkOf(side, kind, id);
      const { teamwork = null, desk = null } = link?.ids ?? {};
      if (link?.phase !== 'active' || link.status !== 'in_sync') return false;
      pairs.push({ link: link.number, kind, ids: { teamwork: Number(teamwork), desk: Number(desk) } });
      return true;
    });
    const [pair] = pairs;
    if (pair === undefined) throw new Error('The record is not linked.');
    return pair;
  }

  const cli = (argv: string): Promise<Answered> =>
    operate({ parts: () => Promise.resolve(lab.engine) }, argv);

  return {
    lab,
    users,
    linkOf,
    paired,
    cli,

    /** A client made in Teamwork.com and the company that became of it (R4). */
    async aClient(name: string): Promise<Pair> {
      return paired('teamwork', 'company', await users.create('teamwork', 'company', { name }));
    },

    /** A contact made in Teamwork.com in that client and the customer that became of it (R4). */
    async aPerson(company: Pair, values: Fields): Promise<Pair> {
      const own = { company: String(company.ids.teamwork), ...values };
      return paired('teamwork', 'customer', await users.create('teamwork', 'customer', own));
    },

    valueOf: async (pair: Pair, side: Side, field: Field): Promise<FieldValue | undefined> =>
      (await users.valuesOf(side, pair.kind, pair.ids[side]))[field],

    edit: (pair: Pair, side: Side, values: Fields) => users.edit(side, pair.kind, pair.ids[side], values),

    remove: (pair: Pair, side: Side) => users.remove(side, pair.kind, pair.ids[side]),

    /** Resolves when the record has these values. */
    has: (pair: Pair, side: Side, values: Fields): Promise<void> =>
      until(async () => {
        const now = await users.valuesOf(side, pair.kind, pair.ids[side]);
        return Object.entries(values).every(
          ([field, value]) => JSON.stringify(now[field as Field]) === JSON.stringify(value),
        );
      }),

    /** Resolves when the engine has read these values of the record. */
    isRead: (pair: Pair, side: Side, values: Fields): Promise<void> =>
      until(async () => {
        const seen = await lab.engine.store.viewOfRecord(site, pair.kind, side, String(pair.ids[side]));
        const now = seen?.records[side]?.fields ?? {};
        return Object.entries(values).every(
          ([field, value]) => JSON.stringify(now[field as Field]) === JSON.stringify(value),
        );
      }),

    statusBecomes: (link: number, status: string, reason?: string): Promise<void> =>
      until(async () => {
        const now = (await lab.engine.store.view(site, link))?.link;
        return now?.status === status && (reason === undefined || now.reason === reason);
      }),

    /** Every change that was told or read is decided and done. */
    quiet: (): Promise<void> =>
      until(async () => {
        const [mine] = await lab.engine.store.backlogs();
        return mine?.waiting === 0 && mine.due === 0;
      }),

    async done(argv: string): Promise<void> {
      const { code, err } = await cli(argv);
      if (code !== 0) throw new Error(`${argv} ended with ${code}: ${err}`);
    },
  };
}

export type WatchedLab = Awaited<ReturnType<typeof openWatchedLab>>;
