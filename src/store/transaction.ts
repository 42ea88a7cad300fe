/** The one place where a transaction is opened: for one site, and again as a whole where Postgres asks for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { WalledDatabase } from './database';
import type { Database } from './tables';

export type Tx = Transaction<Database>;

const attempts = 5;

/**
 * Runs `work` in one transaction that sees that site and no other. Serialisation failures, deadlocks (40001, 40P01) and a record that got a
 * link in between run it again as a whole, up to five times in all; every other error, a lost connection too, is thrown
 * as it is for the caller's own retries.
 */
export async function withSite<T>(
  db: WalledDatabase,
  site: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.ofSite(site).transaction().execute(work);
    } catch (error) {
      if (attempt === attempts || !mayRunAgain(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

function mayRunAgain(error: unknown): boolean {
  const code = postgresCode(error);
  return (
    code === '40001' || code === '40P01' || (violatedConstraint(error)?.startsWith('links_one_per_') ?? false)
  );
}

/** Postgres's five-character code of an error; null for any other. */
export function postgresCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The constraint that a row violated; null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : null;
}
