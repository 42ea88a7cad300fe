/**
 * What one comparison by `verify` proves, for the site and for each of its linked companies with its people. A certificate
 * holds counts and a digest: who keeps it can tell later whether anything has changed, and learns no name from it.
 */
import { canonicalValue } from './canonical';
import type { Link } from './link';
import { fieldsOf, sides, type Field, type Kind, type Observation, type Side } from './record';
import type { Finding, VerifyInput, VerifyReport } from './verify';
import { companyLinkOf, indexWorld, type World } from './verify-index';

export interface CompanyFindings {
  readonly link: number;
  readonly ids: Readonly<Record<Side, string | null>>;
  /** People whose every field that could be read is the same on both sides. */
  readonly agreed: number;
  /** Unequal for a stated reason: the company's own and its people's. */
  readonly explained: number;
  readonly different: number;
  /** Ids and canonical values of both sides, as read; what the digest is made of. */
  readonly content: string;
}

export interface SiteFindings {
  readonly agreed: Readonly<Record<Kind, number>>;
  readonly explained: number;
  readonly different: number;
  /** Linked companies by the number of their links. */
  readonly companies: readonly CompanyFindings[];
}

export function certify(input: VerifyInput, report: VerifyReport): SiteFindings {
  const world = indexWorld(input);
  const companies = input.links.filter(({ kind, phase }) => kind === 'company' && phase === 'active');
  const people = new Map<number, Link[]>(companies.map(({ number }) => [number, []]));
  for (const link of input.links) {
    if (link.kind !== 'customer' || link.phase !== 'active') continue;
    people.get(companyOf(world, link.ids) ?? 0)?.push(link);
  }
  const explained = countByCompany(world, report.explained);
  const different = countByCompany(world, report.differences);
  const unequal = new Set([...report.explained, ...report.differences].map(({ link }) => link));
  return {
    agreed: report.agreed,
    explained: report.explained.length,
    different: report.differences.length,
    companies: companies
      .map((company): CompanyFindings => {
        const { number, ids } = company;
        const its = (people.get(number) ?? []).sort((one, other) => one.number - other.number);
        return {
          link: number,
          ids,
          agreed: its.filter((link) => !unequal.has(link.number)).length,
          explained: explained.get(number) ?? 0,
          different: different.get(number) ?? 0,
          content: [company, ...its].map((link) => contentOf(world, link)).join('\n'),
        };
      })
      .sort((one, other) => one.link - other.link),
  };
}

function countByCompany(world: World, findings: readonly Finding[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const finding of findings) {
    const company = companyOfFinding(world, finding);
    if (company !== null) counts.set(company, (counts.get(company) ?? 0) + 1);
  }
  return counts;
}

/** Whose finding it is: the company's own, or that of one of its people; a lone record's by the company it stands in. */
function companyOfFinding(world: World, { kind, link, ids }: Finding): number | null {
  return kind === 'company' ? link : companyOf(world, ids);
}

function companyOf(world: World, ids: Readonly<Record<Side, string | null>>): number | null {
  for (const side of sides) {
    const record = recordOf(world, side, 'customer', ids);
    const company = record === undefined ? null : companyLinkOf(world, record);
    if (company !== null) return company.number;
  }
  return null;
}

function recordOf(
  world: World,
  side: Side,
  kind: Kind,
  ids: Readonly<Record<Side, string | null>>,
): Observation | undefined {
  return world.records[side][kind].get(ids[side] ?? '');
}

/** A picture's address is each side's own and says nothing; a company is the link that it is in. */
function contentOf(world: World, { kind, ids }: Link): string {
  const [teamwork, desk] = sides.map((side) => recordOf(world, side, kind, ids));
  const valueOf = (record: Observation | undefined, field: Field) => {
    if (record === undefined) return null;
    if (field === 'company') return companyLinkOf(world, record)?.number ?? null;
    const value = record.fields[field];
    return value === undefined ? null : canonicalValue(field, value);
  };
  const values = fieldsOf[kind]
    .filter((field) => field !== 'avatar')
    .map((field) => [field, valueOf(teamwork, field), valueOf(desk, field)]);
  return JSON.stringify([kind, ids.teamwork, ids.desk, ...values]);
}
