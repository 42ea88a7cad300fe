/** Row-level security: what works for one site sees and writes that site's rows only, whatever a query forgets. */
import { wallOff } from '../site-wall';
import type { Tx } from '../transaction';

const tables = [
  ...['sites', 'budgets', 'epochs', 'watched', 'deliveries', 'hook_sides', 'hooks'],
  ...['records', 'record_keys', 'surveys', 'answers', 'forgotten', 'new_companies'],
  ...['links', 'questions', 'journal', 'due', 'plans', 'intents', 'identity_claims'],
  ...['runs', 'run_calls', 'run_ticks', 'planned'],
  ...['guards', 'guarded_changes', 'holds', 'hold_members', 'announced', 'audit'],
];

export async function up(tx: Tx): Promise<void> {
  for (const table of tables) await wallOff(tx, table);
}
