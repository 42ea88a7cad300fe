/** Groups of records to match, written in a line each, and verdicts told in a few words. */
import type { Match, MatchGroup, MatchRecord, MatchResult } from '../../src/domain/match';
import type { Side } from '../../src/domain/record';

type Facts = Partial<Omit<MatchRecord, 'side' | 'id'>>;

/** `t1` stands in Teamwork.com, `d1` in Desk. */
export function record(id: string, facts: Facts): MatchRecord {
  return {
    side: id.startsWith('t') ? 'teamwork' : 'desk',
    id,
    name: '',
    domains: [],
    email: '',
    alternativeEmails: [],
    companyId: null,
    companyLink: null,
    heldBy: null,
    tombstone: null,
    asked: null,
    outOfScope: false,
    ...facts,
  };
}

export function company(
  id: string,
  name: string,
  domains: readonly string[] = [],
  facts: Facts = {},
): MatchRecord {
  return record(id, { name, domains, ...facts });
}

/** In companies linked to each other, unless it is told otherwise. */
export function person(id: string, emails: readonly string[], facts: Facts = {}): MatchRecord {
  const [email = '', ...alternativeEmails] = emails;
  return record(id, { email, alternativeEmails, companyId: `${id[0]}-acme`, companyLink: 1, ...facts });
}

export function groupOf(records: readonly MatchRecord[], answers: MatchGroup['answers'] = []): MatchGroup {
  return {
    teamwork: records.filter(({ side }) => side === 'teamwork'),
    desk: records.filter(({ side }) => side === 'desk'),
    answers,
  };
}

export function told(result: MatchResult): Record<string, string> {
  const all = [...result.teamwork, ...result.desk].map(([id, match]) => [id, inWords(match)] as const);
  return Object.fromEntries(all);
}

function inWords(match: Match): string {
  switch (match.verdict) {
    case 'none':
      return 'none';
    case 'one':
      return `${match.id} by ${match.by}`;
    case 'question':
      return `${match.reason}: ${match.candidates.join(' ')}`;
    case 'taken':
      return `taken by ${match.id}${match.heldBy === null ? '' : ` of link ${match.heldBy}`}${match.outOfScope ? ', out of scope' : ''}`;
  }
}

/** The same group seen from the other side. */
export function mirrored(records: readonly MatchRecord[]): MatchRecord[] {
  return records.map((one) => ({ ...one, side: otherSideOf(one.side), id: mirroredId(one.id) }));
}

export function mirroredWords(words: Readonly<Record<string, string>>): Record<string, string> {
  const mirror = (text: string) => text.replace(/\b[td](?=\d)/g, (letter) => (letter === 't' ? 'd' : 't'));
  return Object.fromEntries(Object.entries(words).map(([id, text]) => [mirroredId(id), mirror(text)]));
}

function otherSideOf(side: Side): Side {
  return side === 'teamwork' ? 'desk' : 'teamwork';
}

function mirroredId(id: string): string {
  return (id.startsWith('t') ? 'd' : 't') + id.slice(1);
}
