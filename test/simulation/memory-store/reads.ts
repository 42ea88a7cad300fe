/** What console and CLI read: links, their counts and stories, the budgets. */
import type { Link, Status } from '../../../src/domain/link';
import { kinds, sides, type Kind, type Side } from '../../../src/domain/record';
import type { LinkFilter, LinkRow as ShownRow, Reads, Standing } from '../../../src/ports/reads';
import { hypotheticalLink } from '../../../src/store/link-rows';
import { emailKey, nameKey, personKey } from '../../../src/store/match-keys';
import type { Ref } from '../../../src/store/record-rows';
import { storable } from '../../../src/store/storable';
import { attentionOf } from './attention';
import { limitOf, usedLastMinute } from './budget';
import { openHolds } from './holds';
import { linkByNumber, refsOf } from './link-rows';
import type { Memory, RecordRow, SiteRows } from './memory';
import { recordRow } from './mirror';
import { transactions } from './transactions';

type ReadMethods = Pick<
  Reads,
  'holds' | 'attention' | 'links' | 'resolve' | 'standing' | 'statusCounts' | 'timeline' | 'budgets'
>;

export function memoryReads(memory: Memory): ReadMethods {
  return transactions<ReadMethods>({
    links(site, filter) {
      return listed(memory.of(site), filter);
    },

    resolve(site, text) {
      return resolved(memory.of(site), storable(text).trim());
    },

    standing(site, number) {
      const rows = memory.of(site);
      const link = linkByNumber(rows, number);
      return link === null ? null : standingOf(shown(rows, link));
    },

    statusCounts(site) {
      const rows = memory.of(site);
      const counts: Record<Kind, Partial<Record<Status, Record<string, number>>>> = {
        company: {},
        customer: {},
      };
      for (const { link } of rows.links.values()) {
        if (link.phase === 'merged') continue;
        const { kind, status, reason } = shown(rows, link);
        const of = counts[kind][status] ?? {};
        counts[kind][status] = { ...of, [reason ?? '']: (of[reason ?? ''] ?? 0) + 1 };
      }
      return counts;
    },

    timeline(site, link, limit) {
      const rows = memory.of(site);
      const own = rows.journal.filter(
        (entry) => entry.link === link || linkByNumber(rows, entry.link)?.number === link,
      );
      return own.reverse().slice(0, limit);
    },

    attention(site) {
      return attentionOf(memory.of(site));
    },

    holds(site) {
      return openHolds(memory.of(site));
    },

    budgets(site) {
      const rows = memory.of(site);
      const of = (side: Side) => ({
        limitPerMinute: limitOf(rows, side),
        usedLastMinute: usedLastMinute(rows.budgets[side], memory.clock()),
      });
      return { teamwork: of('teamwork'), desk: of('desk') };
    },
  });
}

/** A pause stands above every status but `broken` (R31), without a write to each link. */
function shown({ site }: SiteRows, link: Link): Link {
  const isPaused = link.paused || site.paused.site || site.paused.kinds.includes(link.kind);
  if (!isPaused || link.status === 'broken') return link;
  return { ...link, status: 'paused', reason: 'paused_by_operator' };
}

const standingOf = ({ status, reason, ids }: Link): Standing => ({ status, reason, ids });

function listed(rows: SiteRows, { kind, status, search = '', after = 0, limit }: LinkFilter): ShownRow[] {
  const text = storable(search).trim().toLowerCase();
  return [...rows.links.values()]
    .filter(({ link }) => link.phase !== 'merged' && link.kind === kind && link.number > after)
    .map(({ link }) => shown(rows, link))
    .filter((link) => (status === undefined || link.status === status) && holds(rows, link, text))
    .sort((one, other) => one.number - other.number)
    .slice(0, limit)
    .map((link) => toRow(rows, link));
}

function holds(rows: SiteRows, link: Link, text: string): boolean {
  const records = refsOf(link.ids).flatMap((ref) => recordRow(rows, link.kind, ref) ?? []);
  return (
    text === '' ||
    records
      .flatMap(({ record }) => [
        nameOf(record.fields),
        record.fields.email ?? '',
        record.fields.alternativeEmails ?? [],
        record.id,
      ])
      .flat()
      .some((value) => value.toLowerCase().includes(text))
  );
}

function toRow(rows: SiteRows, link: Link): ShownRow {
  const of = (side: Side) => {
    const id = link.ids[side];
    return id === null ? null : recordRow(rows, link.kind, { side, id });
  };
  const [teamwork, desk] = [of('teamwork'), of('desk')];
  return {
    link,
    names: { teamwork: nameOf(teamwork?.record.fields), desk: nameOf(desk?.record.fields) },
    emails: { teamwork: textOf(teamwork?.record.fields.email), desk: textOf(desk?.record.fields.email) },
    companyLink: link.kind === 'customer' ? companyLink(rows, [teamwork, desk]) : null,
    people: link.kind === 'company' ? peopleOf(rows, link) : 0,
  };
}

function companyLink(rows: SiteRows, records: readonly (RecordRow | null)[]): number | null {
  const companies = records.flatMap((row) => {
    const company = row?.record.fields.company;
    if (row === null || typeof company !== 'string' || company === '') return [];
    const number = rows.holding.get(`company ${row.record.side} ${company}`);
    const link = number === undefined ? undefined : rows.links.get(number)?.link;
    return link === undefined ? [] : [link];
  });
  const order = (link: Link) => (link.phase === 'active' ? 0 : 1);
  return (
    companies.sort((one, other) => order(one) - order(other) || one.number - other.number)[0]?.number ?? null
  );
}

function peopleOf(rows: SiteRows, company: Link): number {
  const people = refsOf(company.ids).flatMap(({ side, id }) => rows.records.peopleIn(side, id));
  const present = people.filter(({ record }) => record.presence !== 'gone');
  const key = ({ record: { side, id } }: RecordRow) => `customer ${side} ${id}`;
  return new Set(present.flatMap((row) => rows.holding.get(key(row)) ?? [])).size;
}

function resolved(rows: SiteRows, text: string): ShownRow[] {
  const { refs, numbers } = named(rows, text);
  const isNamed = (link: Link) =>
    numbers.includes(link.number) ||
    refsOf(link.ids).some(({ side, id }) =>
      refs.some((ref) => ref.kind === link.kind && ref.side === side && ref.id === id),
    );
  const links = [...rows.links.values()]
    .map(({ link }) => link)
    .filter((link) => link.phase !== 'merged' && isNamed(link))
    .sort((one, other) => one.number - other.number);
  const held = new Set(
    links.flatMap((link) => refsOf(link.ids).map(({ side, id }) => `${link.kind} ${side} ${id}`)),
  );
  const lone = refs.filter(({ kind, side, id }) => !held.has(`${kind} ${side} ${id}`));
  return [
    ...links.map((link) => toRow(rows, shown(rows, link))),
    ...lone.map(({ kind, ...ref }): ShownRow => {
      const fields = recordRow(rows, kind, ref)?.record.fields;
      const none = { teamwork: '', desk: '' };
      return {
        link: hypotheticalLink(kind, ref),
        names: { ...none, [ref.side]: nameOf(fields) },
        emails: { ...none, [ref.side]: textOf(fields?.email) },
        companyLink: null,
        people: 0,
      };
    }),
  ];
}

function named(rows: SiteRows, text: string) {
  const withId = (id: string): (Ref & { readonly kind: Kind })[] =>
    kinds.flatMap((kind) =>
      sides.flatMap((side) => (recordRow(rows, kind, { side, id }) === null ? [] : [{ kind, side, id }])),
    );
  const [, prefix, id] = /^(teamwork|desk):(.+)$/s.exec(text) ?? [];
  if (id !== undefined) return { refs: withId(id.trim()).filter(({ side }) => side === prefix), numbers: [] };
  const keyed = (kind: Kind, key: string) =>
    (key === '' ? [] : rows.records.withKey(kind, key)).map(({ record }) => ({
      kind,
      side: record.side,
      id: record.id,
    }));
  const found = [
    ...withId(text),
    ...keyed('company', nameKey(text)),
    ...keyed('customer', personKey(text)),
    ...(text.includes('@') ? keyed('customer', emailKey(text)) : []),
  ];
  const refs = [...new Map(found.map((ref) => [`${ref.kind} ${ref.side} ${ref.id}`, ref])).values()];
  const link = /^\d{1,15}$/.test(text) ? linkByNumber(rows, Number(text)) : null;
  return { refs, numbers: link === null ? [] : [link.number] };
}

function nameOf(fields: RecordRow['record']['fields'] | undefined): string {
  const { name, firstName, lastName } = fields ?? {};
  return textOf(name) || `${textOf(firstName)} ${textOf(lastName)}`.trim();
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
