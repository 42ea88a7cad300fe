/** Makes two products agree (R2, R3), or plans how it would. */
import type { InitialSyncInput, InitialSyncState } from './messages';
import { runPhases } from './run-phases';

export function initialSync(input: InitialSyncInput): Promise<InitialSyncState> {
  return runPhases(input);
}
