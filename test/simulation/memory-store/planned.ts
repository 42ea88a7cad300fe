/** Decisions of a run in mode `plan`: kept, assumed for the customers' pages, and reported. */
import type { RecordView } from '../../../src/domain/plan';
import { sides, type Kind, type Side } from '../../../src/domain/record';
import type { Decision } from '../../../src/ports/links';
import type { LinkStore } from '../../../src/ports/links';
import type { PlanReport } from '../../../src/ports/runs';
import { outcomeOf } from '../../../src/store/planned';
import { pairedSide, recordsOf } from '../../../src/store/decided-records';
import { limitOf } from './budget';
import type { Memory, PlannedRow, SiteRows } from './memory';
import { transactions } from './transactions';

export function plannedMethods(memory: Memory): Pick<LinkStore, 'keepPlanned' | 'planReport'> {
  return transactions<Pick<LinkStore, 'keepPlanned' | 'planReport'>>({
    keepPlanned(site, run, decisions) {
      const rows = memory.of(site);
      for (const decision of decisions) {
        const row = toRow(memory, run, decision);
        const isKept = rows.planned.some(
          (one) =>
            one.run === run &&
            one.kind === row.kind &&
            sides.some((side) => one.ids[side] !== null && one.ids[side] === row.ids[side]),
        );
        if (!isKept) rows.planned.push(row);
      }
    },

    planReport(site, run) {
      return reportOf(memory.of(site), run);
    },
  });
}

function toRow(memory: Memory, run: string, decision: Decision): PlannedRow {
  const { view, plan } = decision;
  const { link } = view;
  const ids = plan.pairWith === null ? link.ids : { ...link.ids, [pairedSide(link.ids)]: plan.pairWith };
  const records = recordsOf(decision);
  const on = (side: Side) => records.find((record) => record.side === side);
  const creates = plan.steps.some(({ action }) => action === 'create');
  const isLinked = plan.breakAs === null && (link.phase === 'active' || plan.pairWith !== null || creates);
  return {
    run,
    position: memory.nextNumber(),
    kind: link.kind,
    link: link.number === 0 ? null : link.number,
    ids,
    companies: { teamwork: companyOf(on('teamwork')), desk: companyOf(on('desk')) },
    name: nameOf(on('teamwork') ?? on('desk')),
    outcome: outcomeOf(decision),
    reason: plan.reason,
    asked: link.asked,
    activeSince: isLinked ? (link.activeSince ?? memory.now()) : null,
    steps: plan.steps.map(({ side, action }) => ({ side, action })),
    replaced: plan.losers
      .filter(({ rule }) => rule === 'first_match')
      .map(({ side, field }) => ({ side, id: ids[side] ?? '', field })),
  };
}

function companyOf(record: RecordView | undefined): string | null {
  const company = record?.fields.company;
  return typeof company === 'string' && company !== '' ? company : null;
}

function nameOf(record: RecordView | undefined): string {
  const { name, firstName = '', lastName = '' } = record?.fields ?? {};
  if (record?.kind === 'company') return typeof name === 'string' ? name : '';
  return [firstName, lastName].flat().join(' ').trim();
}

const told = ['linked', 'created', 'updated', 'unchanged'];

function countedAs({ outcome, reason }: PlannedRow): string {
  return told.includes(outcome) ? outcome : `${outcome}:${reason}`;
}

function countBy(rows: readonly PlannedRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[countedAs(row)] = (counts[countedAs(row)] ?? 0) + 1;
  return counts;
}

function reportOf(rows: SiteRows, run: string): PlanReport {
  const own = rows.planned.filter((row) => row.run === run);
  const ofKind = (kind: Kind) => own.filter((row) => row.kind === kind);
  const calls: Record<Side, number> = { teamwork: 0, desk: 0 };
  for (const { kind, steps } of own) {
    for (const { side } of steps) calls[side] += side === 'teamwork' && kind === 'customer' ? 2 : 1;
  }
  const limitPerMinute = { teamwork: limitOf(rows, 'teamwork'), desk: limitOf(rows, 'desk') };
  return {
    run,
    counts: { company: countBy(ofKind('company')), customer: countBy(ofKind('customer')) },
    companies: companiesOf(ofKind('company'), ofKind('customer')),
    replaced: own.flatMap(({ kind, replaced }) => replaced.map((value) => ({ kind, ...value }))),
    calls,
    limitPerMinute,
    minutes: Math.max(...sides.map((side) => calls[side] / limitPerMinute[side])),
  };
}

/** Customers count with the company that they stand in on either side, the others with a company without a name. */
function companiesOf(
  companies: readonly PlannedRow[],
  customers: readonly PlannedRow[],
): PlanReport['companies'] {
  const companyOfPerson = (person: PlannedRow) =>
    sides
      .map((side) => companies.find(({ ids }) => ids[side] !== null && ids[side] === person.companies[side]))
      .find((company) => company !== undefined);
  const of = new Map(customers.map((person) => [person, companyOfPerson(person)]));
  const peopleOf = (company: PlannedRow | undefined) =>
    countBy(customers.filter((person) => of.get(person) === company));
  const named = companies.map((company) => ({
    teamworkId: company.ids.teamwork,
    deskId: company.ids.desk,
    name: company.name,
    outcome: countedAs(company),
    people: peopleOf(company),
  }));
  const outside = peopleOf(undefined);
  if (Object.keys(outside).length === 0) return named;
  return [...named, { teamworkId: null, deskId: null, name: '', outcome: '', people: outside }];
}
