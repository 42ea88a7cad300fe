/** Two sides and their links, for tests of verify. */
import type { Link } from '../../src/domain/link';
import type { Observation } from '../../src/domain/record';
import { verify, type VerifyInput, type VerifyReport } from '../../src/domain/verify';
import { aCompany, aLink, aPerson } from './views';

export function aWorld(
  records: readonly Observation[],
  links: readonly Link[],
  more: Partial<VerifyInput> = {},
): VerifyInput {
  const of = (side: string, kind: string) =>
    new Map(records.filter((one) => one.side === side && one.kind === kind).map((one) => [one.id, one]));
  return {
    links,
    records: {
      teamwork: { company: of('teamwork', 'company'), customer: of('teamwork', 'customer') },
      desk: { company: of('desk', 'company'), customer: of('desk', 'customer') },
    },
    unreadable: [],
    automaticallyCreateContacts: false,
    adoptOnly: false,
    paused: { site: false, kinds: [] },
    users: { teamwork: 'engine', desk: 'engine' },
    initialSyncFinished: true,
    ...more,
  };
}

export function pairOf(teamwork: Observation, desk: Observation, more: Partial<Link> = {}): Link {
  return aLink(teamwork.kind, {
    number: 1,
    phase: 'active',
    status: 'in_sync',
    ids: { teamwork: teamwork.id, desk: desk.id },
    bases: { teamwork: teamwork.fields, desk: desk.fields },
    ...more,
  });
}

/** Company 7 in Teamwork.com is company 70 in Desk. */
export const client = aCompany('teamwork', '7');
export const deskClient = aCompany('desk', '70');
export const companyLink = pairOf(client, deskClient, { number: 100 });
export const both = [client, deskClient];

export function judge(
  records: readonly Observation[],
  links: readonly Link[],
  more: Partial<VerifyInput> = {},
): VerifyReport {
  return verify(aWorld([...both, ...records], [companyLink, ...links], more));
}

export const causes = (report: VerifyReport) => report.differences.map(({ cause }) => cause);
export const excuses = (report: VerifyReport) =>
  report.explained.map(({ status, reason }) => `${status}: ${reason}`);

export const ada = aPerson('teamwork', '1');
export const deskAda = aPerson('desk', '10', { company: '70' });
