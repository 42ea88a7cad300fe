/** The exchange of the encryption key: whatever is sealed in a site's rows, and under which key. */
import { sql, type Kysely } from 'kysely';
import { sides } from '../domain/record';
import type { KeyStore } from '../ports/keys';
import type { WalledDatabase } from './database';
import { purposes, type Sealer } from './sealing';
import type { Database } from './tables';
import { withSite } from './transaction';

export function keyMethods(db: WalledDatabase, sealer: Sealer): KeyStore {
  return {
    async keyStanding(site) {
      const others = (await sealedIn(db.ofSite(site), site)).map(({ keyId }) => keyId);
      const ids = [...new Set(others)].filter((id) => id !== sealer.keyId).sort();
      return {
        newest: sealer.keyId,
        former: ids.filter((id) => sealer.has(id)),
        missing: ids.filter((id) => !sealer.has(id)),
      };
    },

    encryptAnew: (site) =>
      withSite(db, site, async (tx) => {
        // Whoever connects the site or exchanges a hook's secret meanwhile comes before this or after it.
        await sql`select from sites where site = ${site} for no key update`.execute(tx);
        await sql`select from hook_sides where site = ${site} order by side for no key update`.execute(tx);
        const former = (await sealedIn(tx, site)).filter(
          ({ keyId }) => keyId !== sealer.keyId && sealer.has(keyId),
        );
        for (const { table, side, columns, keyId } of former) {
          const anew = columns.map(({ column, purpose, sealed }) => {
            const secret = sealer.open(keyId, purpose, sealed);
            return sql`${sql.ref(column)} = ${sealer.seal(purpose, secret)}`;
          });
          await sql`
            update ${sql.table(table)} set ${sql.join([sql`key_id = ${sealer.keyId}`, ...anew])}
            where site = ${site} ${side === null ? sql`` : sql`and side = ${side}`}`.execute(tx);
        }
        return former.reduce((sum, { columns }) => sum + columns.length, 0);
      }),
  };
}

/** What one row has sealed, all of it under one key. */
interface SealedRow {
  readonly table: 'sites' | 'hook_sides';
  readonly side: string | null;
  readonly keyId: string;
  readonly columns: readonly {
    readonly column: string;
    readonly purpose: string;
    readonly sealed: Buffer;
  }[];
}

async function sealedIn(db: Kysely<Database>, site: string): Promise<SealedRow[]> {
  const { rows: own } = await sql<{ keyId: string; teamwork: Buffer; desk: Buffer }>`
    select key_id as "keyId", teamwork_credential as teamwork, desk_credential as desk
    from sites where site = ${site}`.execute(db);
  const { rows: hooks } = await sql<{ side: string; keyId: string; secret: Buffer; previous: Buffer | null }>`
    select side, key_id as "keyId", secret, previous_secret as previous
    from hook_sides where site = ${site} and secret is not null order by side`.execute(db);
  return [
    ...own.map((row): SealedRow => ({
      table: 'sites',
      side: null,
      keyId: row.keyId,
      columns: sides.map((side) => ({
        column: `${side}_credential`,
        purpose: purposes.credential(site, side),
        sealed: row[side],
      })),
    })),
    ...hooks.map(({ side, keyId, secret, previous }): SealedRow => {
      const purpose = purposes.hookSecret(site, side);
      const current = { column: 'secret', purpose, sealed: secret };
      const before = previous === null ? [] : [{ column: 'previous_secret', purpose, sealed: previous }];
      return { table: 'hook_sides', side, keyId, columns: [current, ...before] };
    }),
  ];
}
