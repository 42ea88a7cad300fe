/** What both sides agree on once a step is confirmed (R10, R13). */
import { sql } from 'kysely';
import { blanksThatAgree } from '../domain/readback';
import { fieldsOf, otherSide, type Field, type Fields, type FieldValue, type Side } from '../domain/record';
import { agreedEmails } from '../domain/merge-emails';
import type { StepDone } from '../ports/links';
import type { IntentRow } from './intents';
import type { PlannedStep } from './tables';
import type { Tx } from './transaction';

export interface Agreed {
  readonly bases: Readonly<Record<Side, Fields>>;
  /** Every step of the plan is confirmed now. */
  readonly isLast: boolean;
}

interface Known {
  readonly steps: readonly PlannedStep[];
  readonly confirmed: readonly Confirmed[];
  readonly before: Readonly<Record<Side, Fields>> | null;
  /** What the source says now. */
  readonly fields: Fields | null;
}

interface Confirmed {
  readonly side: Side;
  readonly base: Fields;
}

/**
 * A field that the plan writes on both sides (two sets that become one) agrees only when both writes are confirmed:
 * until then neither side's base moves, or what one side still lacks would look like something it had given up.
 */
export async function agreedBy(tx: Tx, site: string, intent: IntentRow, done: StepDone): Promise<Agreed> {
  const source = otherSide(intent.side);
  const { rows } = await sql<Known>`
    select coalesce((select p.steps from plans p
        where p.site = ${site} and p.link = ${intent.link} and p.id = ${intent.plan}), '[]') as steps,
      (select coalesce(jsonb_agg(jsonb_build_object('side', i.side, 'base', i.base)), '[]') from intents i
        where i.site = ${site} and i.plan = ${intent.plan} and i.link = ${intent.link} and i.state = 'confirmed')
        as confirmed,
      (select jsonb_build_object('teamwork', l.teamwork_base, 'desk', l.desk_base) from links l
        where l.site = ${site} and l.number = ${intent.link}) as before,
      (select r.fields from records r where r.site = ${site} and r.kind = ${intent.kind} and r.side = ${source}
        and r.id = ${intent.ids[source]}) as fields`.execute(tx);
  const { steps = [], confirmed = [], before = null, fields = null } = rows[0] ?? {};
  const back = steps.find((step) => step.side === source)?.values ?? {};
  const backBase = confirmed.find((step) => step.side === source)?.base;

  const bases: Record<Side, Partial<Record<Field, FieldValue>>> = { teamwork: {}, desk: {} };
  for (const field of fieldsOf[intent.kind]) {
    const isBothWays = back[field] !== undefined;
    const target = done.base[field];
    if (target === undefined || done.ignored.includes(field) || (isBothWays && backBase === undefined))
      continue;
    const sourceValue = isBothWays ? backBase?.[field] : intent.source_base[field];
    const isSet = field === 'alternativeEmails';
    const earlier = { target: before?.[intent.side][field], source: before?.[source][field] };
    bases[intent.side][field] = isSet ? agreedEmails(target, sourceValue, earlier.target) : target;
    if (sourceValue === undefined) continue;
    bases[source][field] =
      isSet && isBothWays ? agreedEmails(sourceValue, target, earlier.source) : sourceValue;
  }
  if (intent.action === 'create') {
    const blanks = { sent: intent.sent, made: done.observation.fields, source: fields ?? {} };
    for (const field of blanksThatAgree(intent.kind, blanks)) {
      bases[intent.side][field] = blanks.made[field] ?? '';
      bases[source][field] = blanks.source[field] ?? '';
    }
  }
  return { bases, isLast: confirmed.length >= steps.length };
}
