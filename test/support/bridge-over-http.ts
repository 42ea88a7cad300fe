/** The bridge on a port of its own over a database of its own, and deliveries as the vendors post them. */
import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { sql } from 'kysely';
import pino from 'pino';
import { createApp } from '../../src/bridge/app';
import { connectDatabase } from '../../src/store/database';
import { openStore } from '../../src/store/open-store';
import { createMigratedDatabase } from './database';
import { aNewSite } from './store-world';

export type HookSide = 'teamwork' | 'desk';

const prefix: Readonly<Record<HookSide, string>> = { teamwork: 'X-Projects', desk: 'X-Desk' };

export interface Post {
  readonly site?: string;
  readonly side?: HookSide;
  readonly event?: string;
  readonly delivery?: string;
  readonly body?: string | Buffer;
  readonly secret?: string;
  /** Over the headers of a well-formed one; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

interface Kept {
  readonly side: HookSide;
  readonly event: string;
  readonly kind: string | null;
  readonly id: string | null;
  readonly news: string | null;
  readonly outcome: string;
}

/** `reached`: the address that the bridge has of its database, where it is not the database's own. */
export async function openBridge(reached = (url: string): Promise<string> => Promise.resolve(url)) {
  const database = await createMigratedDatabase();
  const opened = await openStore({
    databaseUrl: await reached(database.url),
    encryptionKeys: [Buffer.alloc(32, 7)],
    settleMs: 0,
    connectWithinMs: 1_000,
  });
  const db = connectDatabase({ databaseUrl: database.url, poolSize: 1 });
  const { store } = opened;
  let pokes = 0;
  const app = createApp({
    store,
    reads: opened.reads,
    client: { pollers: () => Promise.resolve(new Map()) },
    poke: () => {
      pokes += 1;
    },
    log: pino({ level: 'silent' }),
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  /** A connected site with what signs its hooks. */
  async function connected() {
    const site = aNewSite();
    await store.addSite(site);
    const [teamwork, desk] = await Promise.all([
      store.ensureHookSecrets(site.id, 'teamwork'),
      store.ensureHookSecrets(site.id, 'desk'),
    ]);
    return { site: site.id, secrets: { teamwork: teamwork.current, desk: desk.current } };
  }
  const { site, secrets } = await connected();

  return {
    url,
    store,
    site,
    secrets,
    connected,
    pokes: () => pokes,
    async kept(of = site) {
      const { rows } = await sql<Kept>`
        select side, event, kind, record_id as id, news, outcome from deliveries
        where site = ${of} order by number`.execute(db.acrossSites);
      return rows;
    },
    async post(post: Post = {}): Promise<Response> {
      const side = post.side ?? 'teamwork';
      const body = Buffer.from(
        post.body ?? (side === 'teamwork' ? '{"company":{"id":5}}' : '{"customer":{"id":5}}'),
      );
      const name = prefix[side];
      const headers: Record<string, string | undefined> = {
        'Content-Type': 'application/json',
        [`${name}-Event`]: post.event ?? (side === 'teamwork' ? 'COMPANY.UPDATED' : 'customer.edited'),
        [`${name}-Delivery`]: post.delivery ?? randomUUID(),
        [`${name}-Signature`]: signatureOf(body, post.secret ?? secrets[side]),
        ...post.headers,
      };
      const sent = Object.entries(headers).filter(
        (header): header is [string, string] => header[1] !== undefined,
      );
      return fetch(`${url}/webhooks/${post.site ?? site}/${side}`, { method: 'POST', headers: sent, body });
    },
    /** Bytes on a socket of their own; resolves with all that came until the server closed it. */
    async raw(...chunks: readonly (string | Buffer)[]): Promise<string> {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      const got: Buffer[] = [];
      socket.on('data', (chunk) => got.push(chunk));
      // A server that has said no does not read on: the rest of what we send breaks off.
      socket.on('error', () => undefined);
      for (const chunk of chunks) socket.write(chunk);
      await new Promise((resolve) => socket.once('close', resolve));
      return Buffer.concat(got).toString('latin1');
    },
    async close() {
      await app.close();
      await db.close();
      await opened.close();
      await database.drop();
    },
  };
}

export type OpenBridge = Awaited<ReturnType<typeof openBridge>>;

export function signatureOf(body: Buffer | string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
