/** Everything that a decision depends on, and which records wait for one. */
import type { Link } from '../../../src/domain/link';
import type { LinkView, ParentView, RecordView } from '../../../src/domain/plan';
import { otherSide, type Kind, type Side } from '../../../src/domain/record';
import type { LinkStore } from '../../../src/ports/links';
import { emailsOfOthers, staffHasEmail, type EmailHolders } from '../../../src/store/email-holders';
import { hypotheticalLink } from '../../../src/store/link-rows';
import { groupsIn, noGroup } from '../../../src/store/match-graph';
import { activeNumbers } from '../../../src/store/parents';
import { keyOf, type Ref } from '../../../src/store/record-rows';
import { formerCompanies, survivorOf } from './deletions';
import { linkByNumber, linksOf, openIntentOf, refsOf } from './link-rows';
import { openHoldOf } from './holds';
import { explore } from './match-groups';
import type { Memory, SiteRows } from './memory';
import { recordRow, recordsOf } from './mirror';
import { parentsOf } from './parents';
import { ignoredWrite } from './retries';
import { transactions } from './transactions';

export function viewMethods(memory: Memory): Pick<LinkStore, 'undecided' | 'view' | 'viewOfRecord'> {
  return transactions<Pick<LinkStore, 'undecided' | 'view' | 'viewOfRecord'>>({
    undecided(site, run, kind, side, after, limit) {
      const rows = memory.of(site);
      const mode = rows.runs.get(run)?.mode;
      if (mode === undefined) throw new Error(`Site ${site} has no run ${run}; the engine starts one first.`);
      const planRun = mode === 'plan' ? run : null;
      const ids = nextIds(rows, kind, side, planRun)
        .filter((id) => after === null || inOrder(after, id) < 0)
        .slice(0, limit);
      const refs = ids.map((id) => ({ side, id }));
      const links = linksOf(rows, kind, refs);
      const views = viewsOf(
        memory,
        rows,
        kind,
        refs.map((ref) => links.get(keyOf(ref)) ?? hypotheticalLink(kind, ref)),
        planRun,
      );
      return { views, last: ids.length < limit ? null : (ids.at(-1) ?? null) };
    },

    view(site, number) {
      const rows = memory.of(site);
      const link = linkByNumber(rows, number);
      return link === null ? null : (viewsOf(memory, rows, link.kind, [link], null)[0] ?? null);
    },

    viewOfRecord(site, kind, side, id) {
      const rows = memory.of(site);
      const link = linksOf(rows, kind, [{ side, id }]).get(keyOf({ side, id }));
      return viewsOf(memory, rows, kind, [link ?? hypotheticalLink(kind, { side, id })], null)[0] ?? null;
    },
  });
}

const again: readonly Link['status'][] = ['question', 'waiting', 'failing'];

/** R33: what was left to the vendor's own sync, too, which may be off by now. */
function isMetAgain({ status, reason }: Link): boolean {
  return again.includes(status) || reason === 'vendor_sync_running';
}

/** Ids are text; shorter first puts numbers in their order. */
function nextIds(rows: SiteRows, kind: Kind, side: Side, planRun: string | null): string[] {
  const ids = new Set<string>();
  for (const { record, decided } of rows.records.values()) {
    if (record.kind === kind && record.side === side && !decided) ids.add(record.id);
  }
  for (const { link } of rows.links.values()) {
    // A pair that waits is met once, on the Teamwork.com side.
    const metHere = link.phase === 'lone' || (link.phase === 'active' && side === 'teamwork');
    const id = link.ids[side];
    if (link.kind === kind && metHere && id !== null && isMetAgain(link)) ids.add(id);
  }
  for (const row of rows.planned) {
    if (row.run === planRun && row.kind === kind) ids.delete(row.ids[side] ?? '');
  }
  return [...ids].sort(inOrder);
}

function inOrder(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one === other ? 0 : 1);
}

export function viewsOf(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  links: readonly Link[],
  planRun: string | null,
): LinkView[] {
  const now = memory.now();
  const own = new Map(
    recordsOf(
      rows,
      kind,
      links.flatMap(({ ids }) => refsOf(ids)),
    ).map((r) => [keyOf(r), r]),
  );
  const seeds = links.flatMap((link) => (link.phase === 'lone' ? seedOf(link, own) : []));
  const graph = explore(rows, kind, seeds);
  const others = new Map(
    [...graph.nodes].flatMap(([key, { record, isLeaf }]) => (isLeaf ? [] : [[key, record] as const])),
  );
  const met = [...graph.nodes.values()].map(({ record }) => record);
  const companies = [...[...own.values(), ...met].flatMap(companyOf), ...links.flatMap(formerCompanies)];
  const parents = parentsOf(rows, companies, planRun);
  const groups = groupsIn(graph, seeds, activeNumbers(parents), rows.answers[kind]);
  const holders = kind === 'customer' ? emailHolders(rows, [...own.values(), ...others.values()]) : new Map();
  const { settings, adoptOnly } = rows.site;
  const policy = {
    conflict: settings.conflictPolicy,
    adoptOnly,
    automaticallyCreateContacts: settings.automaticallyCreateContacts,
    automaticSince: settings.automaticSince,
  };

  const parentOf = (record: RecordView | null): ParentView | null => {
    const [company] = record === null ? [] : companyOf(record);
    return company === undefined ? null : (parents.get(keyOf(company)) ?? null);
  };
  const formerOf = (link: Link, side: Side): ParentView | null => {
    const former = formerCompanies(link).find((company) => company.side === side);
    const record = own.get(keyOf({ side, id: link.ids[side] ?? '' }));
    if (former === undefined || record === undefined || companyOf(record)[0]?.id === former.id) return null;
    return parents.get(keyOf(former)) ?? null;
  };
  return links.map((link): LinkView => {
    const on = (side: Side) => own.get(keyOf({ side, id: link.ids[side] ?? '' })) ?? null;
    const [seed] = link.phase === 'lone' ? seedOf(link, own) : [];
    const group = seed === undefined ? noGroup : (groups.get(keyOf(seed)) ?? noGroup);
    const pair = {
      records: { teamwork: on('teamwork'), desk: on('desk') },
      counterparts: (seed === undefined ? [] : group[otherSide(seed.side)]).flatMap((member) => {
        const record = others.get(keyOf(member));
        return record === undefined ? [] : [{ ...record, parent: parentOf(record) }];
      }),
    };
    const intent = openIntentOf(rows, link.number);
    return {
      link,
      ...pair,
      parents: { teamwork: parentOf(pair.records.teamwork), desk: parentOf(pair.records.desk) },
      former: { teamwork: formerOf(link, 'teamwork'), desk: formerOf(link, 'desk') },
      survivor: survivorOf(rows, link, pair.records.desk),
      ignored: link.reason === 'remote_ignored' ? ignoredWrite(memory, rows, link.number) : null,
      hold: openHoldOf(rows, link.number),
      group,
      staffHasEmail: staffHasEmail(holders, pair),
      emailsOfOthers: emailsOfOthers(holders, pair),
      intent:
        intent === null
          ? null
          : {
              id: intent.id,
              side: intent.side,
              action: intent.action,
              values: intent.sent,
              settled: intent.settlesAt <= now,
            },
      policy,
    };
  });
}

/** The record that a lone link may find a counterpart for; none where it never syncs. */
function seedOf(link: Link, records: ReadonlyMap<string, RecordView>): RecordView[] {
  return refsOf(link.ids).flatMap((ref) => {
    const record = records.get(keyOf(ref));
    return record?.scope === 'client' ? [record] : [];
  });
}

function companyOf({ side, fields: { company } }: RecordView): Ref[] {
  return typeof company === 'string' && company !== '' ? [{ side, id: company }] : [];
}

function emailHolders(rows: SiteRows, records: readonly RecordView[]): EmailHolders {
  const holders = new Map<string, { side: Side; id: string; scope: RecordView['scope'] }[]>();
  for (const record of records) {
    for (const { field, key } of recordRow(rows, 'customer', record)?.keys ?? []) {
      if ((field !== 'email' && field !== 'alternativeEmails') || holders.has(key)) continue;
      const there = rows.records
        .withKey('customer', key)
        .filter((row) => row.record.presence !== 'gone' && !row.record.deleted);
      holders.set(
        key,
        there.map(({ record: { side, id, scope } }) => ({ side, id, scope })),
      );
    }
  }
  return holders;
}
