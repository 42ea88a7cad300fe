/** Link views for planner tests: a sentence each, with only what matters in the test. */
import type { Link, Tombstone } from '../../src/domain/link';
import type { MatchRecord } from '../../src/domain/match';
import type { LinkView, ParentView, RecordView } from '../../src/domain/plan';
import { otherSide, type Fields, type Kind, type Side } from '../../src/domain/record';

export function aRecord(
  side: Side,
  kind: Kind,
  id: string,
  fields: Fields,
  more: Partial<RecordView> = {},
): RecordView {
  return {
    side,
    kind,
    id,
    fields,
    scope: 'client',
    signsIn: false,
    domains: [],
    deleted: false,
    origin: 'unknown',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    createdBy: null,
    updatedBy: null,
    readAt: '2026-02-01T00:00:00Z',
    presence: 'present',
    changedAt: {},
    firstSeenAt: '2026-01-02T00:00:00Z',
    ...more,
  };
}

export function aPerson(
  side: Side,
  id: string,
  fields: Fields = {},
  more: Partial<RecordView> = {},
): RecordView {
  const complete = {
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@acme.test',
    company: '7',
    alternativeEmails: [],
  };
  return aRecord(side, 'customer', id, { ...complete, ...fields }, more);
}

export function aCompany(
  side: Side,
  id: string,
  fields: Fields = {},
  more: Partial<RecordView> = {},
): RecordView {
  return aRecord(side, 'company', id, { name: 'Acme', website: '', email: '', ...fields }, more);
}

export function aLink(kind: Kind, more: Partial<Link> = {}): Link {
  return {
    number: 1,
    kind,
    phase: 'lone',
    ids: { teamwork: null, desk: null },
    bases: { teamwork: {}, desk: {} },
    status: 'pending',
    reason: null,
    notes: [],
    asked: null,
    choices: {},
    paused: false,
    activeSince: null,
    tombstone: null,
    mergedInto: null,
    incarnation: 1,
    version: 1,
    ...more,
  };
}

/** The company that a person stands in: linked unless said otherwise. */
export function aParent(
  side: Side,
  id: string,
  link: Partial<NonNullable<ParentView['link']>> | null = {},
): ParentView {
  const linked: NonNullable<ParentView['link']> = {
    number: 70,
    phase: 'active',
    ids: side === 'teamwork' ? { teamwork: id, desk: `${id}00` } : { teamwork: `${id}00`, desk: id },
    status: 'in_sync',
    reason: 'agreed',
    asked: null,
    activeSince: '2026-01-15T00:00:00Z',
  };
  return {
    id,
    scope: 'client',
    presence: 'present',
    readAt: '2026-02-02T00:00:00Z',
    link: link === null ? null : { ...linked, ...link },
  };
}

export function lone(record: RecordView, more: Partial<LinkView> = {}): LinkView {
  return {
    link: aLink(record.kind, { ids: { teamwork: null, desk: null, [record.side]: record.id } }),
    records: { teamwork: null, desk: null, [record.side]: record },
    parents: { teamwork: null, desk: null },
    former: { teamwork: null, desk: null },
    survivor: null,
    group: groupOf(record),
    counterparts: [],
    staffHasEmail: false,
    emailsOfOthers: [],
    intent: null,
    ignored: null,
    hold: null,
    policy: {
      conflict: 'latest',
      automaticallyCreateContacts: false,
      automaticSince: null,
      adoptOnly: false,
    },
    ...more,
  };
}

/** A lone record with records of the other side that share a signal with it. */
export function facing(
  record: RecordView,
  others: readonly RecordView[],
  more: Partial<LinkView> = {},
): LinkView {
  const parent = more.parents?.[otherSide(record.side)] ?? null;
  return lone(record, {
    group: groupOf(record, ...others),
    counterparts: others.map((other) => ({ ...other, parent })),
    ...more,
  });
}

export function linked(teamwork: RecordView, desk: RecordView, more: Partial<LinkView> = {}): LinkView {
  const link = aLink(teamwork.kind, {
    phase: 'active',
    ids: { teamwork: teamwork.id, desk: desk.id },
    bases: { teamwork: teamwork.fields, desk: desk.fields },
    activeSince: '2026-01-15T00:00:00Z',
  });
  return {
    ...lone(teamwork),
    link,
    records: { teamwork, desk },
    group: { teamwork: [], desk: [], answers: [] },
    ...more,
  };
}

function groupOf(...records: readonly RecordView[]): LinkView['group'] {
  const of = (side: Side) => records.filter((record) => record.side === side).map(toMatchRecord);
  return { teamwork: of('teamwork'), desk: of('desk'), answers: [] };
}

export function toMatchRecord(record: RecordView): MatchRecord {
  const { side, id, domains, fields } = record;
  return {
    side,
    id,
    name: String(fields.name ?? ''),
    domains,
    email: String(fields.email ?? ''),
    alternativeEmails: Array.isArray(fields.alternativeEmails) ? fields.alternativeEmails : [],
    companyId: fields.company === undefined || fields.company === '' ? null : String(fields.company),
    companyLink: fields.company === undefined || fields.company === '' ? null : 70,
    heldBy: null,
    tombstone: null,
    asked: null,
    outOfScope: record.scope !== 'client',
  };
}

/** Of a link that broke because its record was deleted in Desk. */
export const tombstone: Tombstone = {
  reason: 'deleted_in_desk',
  at: '2026-02-01T00:00:00Z',
  side: 'desk',
  causeLink: null,
};
