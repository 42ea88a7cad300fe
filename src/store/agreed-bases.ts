/** What both sides agree on once a step is confirmed (R10, R13). */
import { sql } from 'kysely';
import { fieldsOf, otherSide, type Field, type Fields, type FieldValue, type Side } from '../domain/record';
import type { StepDone } from '../ports';
import type { IntentRow } from './intents';
import type { PlannedStep } from './tables';
import type { Tx } from './transaction';

export interface Agreed {
  readonly bases: Readonly<Record<Side, Fields>>;
  /** Every step of the plan is confirmed now. */
  readonly isLast: boolean;
}

/**
 * A field that the plan writes on both sides (two sets that become one) agrees only when both writes are confirmed:
 * until then neither side's base moves, or what one side still lacks would look like something it had given up.
 */
export async function agreedBy(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<Agreed> {
  const { rows } = await sql<{ steps: readonly PlannedStep[] }>`
    select steps from plans where site = ${site} and link = ${intent.link} and id = ${intent.plan}`.execute(
    tx,
  );
  const steps = rows[0]?.steps ?? [];
  const confirmed = await sql<{ side: Side; base: Fields }>`
    select side, base from intents
    where site = ${site} and plan = ${intent.plan} and link = ${intent.link} and state = 'confirmed'`.execute(
    tx,
  );
  const source = otherSide(intent.side);
  const back = steps.find((step) => step.side === source)?.values ?? {};
  const backBase = confirmed.rows.find((row) => row.side === source)?.base;

  const bases: Record<Side, Partial<Record<Field, FieldValue>>> = { teamwork: {}, desk: {} };
  for (const field of fieldsOf[intent.kind]) {
    const isBothWays = back[field] !== undefined;
    const target = done.base[field];
    if (target === undefined || done.ignored.includes(field) || (isBothWays && backBase === undefined))
      continue;
    bases[intent.side][field] = target;
    const sourceValue = isBothWays ? backBase?.[field] : intent.source_base[field];
    if (sourceValue !== undefined) bases[source][field] = sourceValue;
  }
  return { bases, isLast: confirmed.rows.length >= steps.length };
}
