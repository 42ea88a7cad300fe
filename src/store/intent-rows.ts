/** An open intent as the planner sees it. */
import { sql } from 'kysely';

/** No call takes longer to fail; an intent that nobody called unknown is looked for only after this and the settle time. */
const longestCallMs = 120_000;

/** The columns of an OpenIntent, of `intents i`. */
export function openIntentColumns(settleMs: number) {
  return sql`
    i.id, i.side, i.action, i.sent as values,
    coalesce(i.unknown_at, i.sent_at + ${longestCallMs} * interval '1 ms') + ${settleMs} * interval '1 ms'
      <= clock_timestamp() as settled`;
}
