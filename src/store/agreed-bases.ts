/** What both sides agree on once a step is confirmed (R10, R13). */
import { sql } from 'kysely';
import { blanksThatAgree } from '../domain/readback';
import { fieldsOf, otherSide, type Field, type Fields, type FieldValue, type Side } from '../domain/record';
import { agreedEmails, agreedOnBoth, type WrittenSet } from '../domain/merge-emails';
import type { StepDone } from '../ports/links';
import type { IntentRow } from './intents';
import type { PlannedStep } from './tables';
import type { Tx } from './transaction';

export interface Agreed {
  readonly bases: Readonly<Record<Side, Fields>>;
  /** Every step of the plan is confirmed now. */
  readonly isLast: boolean;
}

export interface Known {
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
  const known = rows[0] ?? { steps: [], confirmed: [], before: null, fields: null };
  return agreedOn(known, { ...intent, sourceBase: intent.source_base }, done);
}

type Confirming = Pick<IntentRow, 'side' | 'kind' | 'action' | 'sent'> & { readonly sourceBase: Fields };

/**
 * A field that the plan writes on both sides (two sets that become one) agrees only when both writes are confirmed:
 * until then neither side's base moves, or what one side still lacks would look like something it had given up.
 */
export function agreedOn(known: Known, intent: Confirming, done: StepDone): Agreed {
  const { steps, confirmed, before, fields } = known;
  const { side, kind } = intent;
  const source = otherSide(side);
  const back = steps.find((step) => step.side === source);
  const backBase = confirmed.find((step) => step.side === source)?.base;
  const written = (of: Side, kept: FieldValue): WrittenSet => {
    const step = steps.find((one) => one.side === of);
    const [sent, own] = [step?.values.alternativeEmails ?? [], step?.before?.alternativeEmails];
    return { sent, before: own, kept, base: before?.[of].alternativeEmails };
  };

  const bases: Record<Side, Partial<Record<Field, FieldValue>>> = { teamwork: {}, desk: {} };
  for (const field of fieldsOf[kind]) {
    const isBothWays = back?.values[field] !== undefined;
    const target = done.base[field];
    if (target === undefined || done.ignored.includes(field)) continue;
    // Not yet written there, or ignored (R13).
    if (isBothWays && backBase?.[field] === undefined) continue;
    const sourceValue = isBothWays ? backBase?.[field] : intent.sourceBase[field];
    if (field === 'alternativeEmails' && isBothWays && sourceValue !== undefined) {
      const [here, there] = [written(side, target), written(source, sourceValue)];
      bases[side][field] = agreedOnBoth(here, there.sent);
      bases[source][field] = agreedOnBoth(there, here.sent);
      continue;
    }
    const isSet = field === 'alternativeEmails';
    bases[side][field] = isSet ? agreedEmails(target, sourceValue, before?.[side][field]) : target;
    if (sourceValue !== undefined) bases[source][field] = sourceValue;
  }
  if (intent.action === 'create') {
    const blanks = { sent: intent.sent, made: done.observation.fields, source: fields ?? {} };
    for (const field of blanksThatAgree(kind, blanks)) {
      bases[side][field] = blanks.made[field] ?? '';
      bases[source][field] = blanks.source[field] ?? '';
    }
  }
  return { bases, isLast: confirmed.length >= steps.length };
}
