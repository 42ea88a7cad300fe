/** The companies that customers stand in, with their links; in a plan, with the links that the plan would make. */
import type { Link } from '../../../src/domain/link';
import type { ParentView } from '../../../src/domain/plan';
import { plannedId } from '../../../src/store/parents';
import { keyOf, type Ref } from '../../../src/store/record-rows';
import { linksOf } from './link-rows';
import type { SiteRows } from './memory';
import { recordRow } from './mirror';

export function parentsOf(
  rows: SiteRows,
  companies: readonly Ref[],
  planRun: string | null,
): Map<string, ParentView> {
  const links = linksOf(rows, 'company', companies);
  return new Map(
    companies.map(({ side, id }): [string, ParentView] => {
      const key = keyOf({ side, id });
      const record = recordRow(rows, 'company', { side, id })?.record;
      const known = {
        scope: record?.scope ?? 'client',
        presence: record?.presence ?? 'present',
        readAt: record?.readAt ?? null,
      } as const;
      const link = (planRun === null ? null : plannedParent(rows, planRun, { side, id })) ?? links.get(key);
      return [key, { id, ...known, link: link === undefined ? null : parentLink(link) }];
    }),
  );
}

type ParentLink = NonNullable<ParentView['link']>;

function parentLink({ number, phase, ids, status, reason, asked, activeSince }: ParentLink): ParentLink {
  return { number, phase, ids, status, reason, asked, activeSince };
}

/** Companies without a link row get a number below zero, their own in this plan: two never look like one. */
function plannedParent(rows: SiteRows, run: string, { side, id }: Ref): ParentLink | null {
  const row = rows.planned.find(
    (one) => one.run === run && one.kind === 'company' && one.ids[side] === id && one.activeSince !== null,
  );
  if (row === undefined) return null;
  const ids: Link['ids'] = {
    teamwork: row.ids.teamwork ?? plannedId,
    desk: row.ids.desk ?? plannedId,
  };
  const { asked, activeSince } = row;
  const standing = { phase: 'active', status: 'in_sync', reason: 'agreed' } as const;
  return { number: row.link ?? -row.position, ids, ...standing, asked, activeSince };
}
