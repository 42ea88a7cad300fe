/** Which records without a link are the same company or person (R14). */
import { companyNameKey, foldCase } from './company-name';
import { matchByRounds } from './match-rounds';
import { sides, type Side } from './record';

/** What matching may look at of one record. */
export interface MatchRecord {
  readonly side: Side;
  readonly id: string;
  /** Company: its name as it stands; customer: ''. */
  readonly name: string;
  /** Company: canonical domains, public ones left out. */
  readonly domains: readonly string[];
  /** Customer: primary email, then alternative emails, canonical. */
  readonly email: string;
  readonly alternativeEmails: readonly string[];
  /** Customer: the company it stands in on its side, and that company's active link. */
  readonly companyId: string | null;
  readonly companyLink: number | null;
  /** The active link that holds this record; such a record is no candidate (R14) but may be named as holder. */
  readonly heldBy: number | null;
  /** The broken link that it remained of, since when its counterpart may not be there any more, and when it broke (R22). */
  readonly tombstone: { readonly link: number; readonly since: string; readonly brokenAt: string } | null;
  /** What was asked of it while it has no counterpart (R5). */
  readonly asked: 'yes' | 'unchecked' | null;
  /** Out of scope (R1): never matched, but its identity is taken. */
  readonly outOfScope: boolean;
}

/**
 * What an operator answered about two records; remembered for good (R14). `perhaps`: nobody answered yet whether a create
 * from one of them, whose answer was lost, has made the other (R15).
 */
export interface Answer {
  readonly teamwork: string;
  readonly desk: string;
  readonly verdict: 'same' | 'apart' | 'perhaps';
}

/** All records connected with each other by a signal, on both sides. */
export interface MatchGroup {
  readonly teamwork: readonly MatchRecord[];
  readonly desk: readonly MatchRecord[];
  /** About two records of this group. */
  readonly answers: readonly Answer[];
}

export type Signal =
  'answer' | 'name_and_domain' | 'name' | 'domain' | 'email' | 'alternative_email' | 'perhaps_made_by_us';

export type Match =
  | { readonly verdict: 'none' }
  | { readonly verdict: 'one'; readonly id: string; readonly by: Signal }
  | {
      readonly verdict: 'question';
      readonly candidates: readonly string[];
      readonly reason:
        | 'ambiguous_match'
        | 'contradicting_match'
        | 'companies_not_linked_to_each_other'
        | 'perhaps_made_by_us';
    }
  /** The identity is taken by a record that cannot be linked to: one held by a link, or out of scope. */
  | {
      readonly verdict: 'taken';
      readonly id: string;
      /** Null when the holder has no link yet: it is out of scope, or matched with another record of this group. */
      readonly heldBy: number | null;
      readonly outOfScope: boolean;
    };

/** For every record of the group, by id. */
export type MatchResult = Readonly<Record<Side, ReadonlyMap<string, Match>>>;

/**
 * Name and domain together first, then either; a name that points to one company and a domain that points to another
 * contradict each other.
 */
export function matchCompanies(group: MatchGroup): MatchResult {
  const carriers = sides.map((side) =>
    countBy(group[side].flatMap((company) => [...new Set(company.domains)])),
  );
  // A domain that several companies of one side carry says nothing about which of them it is.
  const telling = (domain: string) => carriers.every((count) => (count.get(domain) ?? 0) <= 1);
  const nameKeys = new Map(
    [...group.teamwork, ...group.desk].map(({ name }) => [name, notBlank(companyNameKey(name))]),
  );
  const names = (company: MatchRecord) => nameKeys.get(company.name) ?? [];
  const domains = (company: MatchRecord) => company.domains.filter(telling);
  const both = (company: MatchRecord) =>
    names(company).flatMap((name) => domains(company).map((domain) => `${domain} ${name}`));

  return matchByRounds(group, {
    rounds: [
      [{ keys: both, signal: 'name_and_domain' }],
      [
        { keys: names, signal: 'name' },
        { keys: domains, signal: 'domain' },
      ],
    ],
    // The vendors refuse a second company of the same name; another legal form is another name to them.
    identity: (company) => foldCase(company.name),
    claims: (company) => notBlank(foldCase(company.name)),
    mayPair: () => true,
  });
}

/** Primary email with primary first, then every email with every other; never across companies that are not linked. */
export function matchCustomers(group: MatchGroup): MatchResult {
  const primary = (person: MatchRecord) => notBlank(person.email);
  const all = (person: MatchRecord) => [...primary(person), ...person.alternativeEmails];

  return matchByRounds(group, {
    rounds: [[{ keys: primary, signal: 'email' }], [{ keys: all, signal: 'alternative_email' }]],
    identity: (person) => person.email,
    claims: all,
    mayPair: companiesAgree,
  });
}

/** R6: who has no company on one side joins the other side's; two companies must be linked to each other. */
function companiesAgree(teamwork: MatchRecord, desk: MatchRecord): boolean {
  if (teamwork.companyId === null || desk.companyId === null) return true;
  return teamwork.companyLink !== null && teamwork.companyLink === desk.companyLink;
}

function notBlank(key: string): readonly string[] {
  return key === '' ? [] : [key];
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const key of keys) count.set(key, (count.get(key) ?? 0) + 1);
  return count;
}
