/** Keeps one company link in step. Started and signalled through the `due` queue only. */
import type { EntityInput, Hint } from './messages';
import { syncEntity } from './sync-entity';

export async function syncCompany(input: EntityInput, carried: readonly Hint[] = []): Promise<void> {
  await syncEntity(input, carried);
}
