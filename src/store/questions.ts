/** Ambiguous matches that wait for an operator's answer (R14). */
import { sql } from 'kysely';
import type { Plan } from '../domain/plan';
import { jsonb } from './storable';
import type { Tx } from './transaction';

/** Asks for the links whose plan is a question, and takes back what was asked for the others. */
export async function keepQuestions(
  tx: Tx,
  site: string,
  decided: readonly { readonly link: number; readonly plan: Plan }[],
): Promise<void> {
  const isAsked = decided.filter(({ plan }) => plan.status === 'question');
  const others = decided.filter(({ plan }) => plan.status !== 'question').map(({ link }) => link);
  if (others.length > 0) {
    await sql`delete from questions where site = ${site} and link = any(${others}::bigint[])`.execute(tx);
  }
  if (isAsked.length === 0) return;
  const rows = isAsked.map(({ link, plan }) => ({ link, reason: plan.reason, candidates: plan.candidates }));
  await sql`
    insert into questions as q (site, link, reason, candidates)
    select ${site}, x.* from jsonb_to_recordset(${jsonb(rows)}) as x(link bigint, reason text, candidates text[])
    on conflict (site, link) do update set reason = excluded.reason, candidates = excluded.candidates`.execute(
    tx,
  );
}
