/** Companies or customers, as Desk lists them, with how each stands. */
import { statuses, type Status } from '../../domain/link';
import type { Kind } from '../../domain/record';
import type { LinkOrder, LinkPage, LinkRow, ListedLink } from '../../ports/reads';
import { codeText, numberText, pluralOf } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { Empty, isOperator, LinkIcon, reasonText, StatusBadge, Table, Time } from './parts';

export interface Listed {
  readonly kind: Kind;
  readonly page: LinkPage;
  readonly status: Status | null;
  readonly search: string;
  readonly order: LinkOrder;
}

export function LinksPage({ visit, listed }: { readonly visit: SiteVisit; readonly listed: Listed }) {
  const { kind, page, status, search, order } = listed;
  const own = sitePath(visit.site.id, `/${pluralOf[kind]}`);
  const query: Query = (more) => {
    const kept = {
      ...(status === null ? {} : { status }),
      ...(search === '' ? {} : { search }),
      order,
      ...more,
    };
    return `?${new URLSearchParams(kept).toString()}`;
  };
  return (
    <>
      <form method="get" class="filters" role="search">
        <label>
          Search
          <input name="search" type="search" value={search} placeholder="Name, email, domain or id" />
        </label>
        <label>
          Status
          <select name="status">
            <option value="">all</option>
            {[...statuses].reverse().map((one) => (
              <option value={one} selected={one === status}>
                {codeText(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Order
          <select name="order">
            {Object.entries(orders).map(([one, text]) => (
              <option value={one} selected={one === order}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <button>Show</button>
        {kind === 'company' && isOperator(visit) && (
          <a class="button main" href={`${own}/new`}>
            New company
          </a>
        )}
        <a class="button" href={`${own}.csv${query({})}`}>
          CSV
        </a>
      </form>
      {page.rows.length === 0 ? (
        <Empty>
          {search === '' && status === null
            ? 'Nothing is known yet. The InitialSync reads both sides.'
            : 'Nothing here fits. Show all, or search for a part of a name, an email, a domain or an id.'}
        </Empty>
      ) : (
        <LinkTable site={visit.site.id} listed={listed} query={query} />
      )}
      <nav class="pager" aria-label="Pages">
        {!page.isFirst && <a href={query({})}>First page</a>}
        {page.next !== null && (
          <a rel="next" href={query({ after: `${page.next.number}.${page.next.key}` })}>
            Next page
          </a>
        )}
      </nav>
    </>
  );
}

type Query = (more: Readonly<Record<string, string>>) => string;

const orders: Readonly<Record<LinkOrder, string>> = {
  name: 'by name',
  status: 'by status',
  changed: 'what changed last',
};

function headsOf(kind: Kind, order: LinkOrder, query: Query) {
  const by = (one: LinkOrder, sort: 'ascending' | 'descending' = 'ascending') => ({
    ...{ order: one, href: one === order ? null : query({ order: one }), sort },
  });
  const changed = by('changed', 'descending');
  return kind === 'company'
    ? [by('name'), by('status'), 'why', { number: 'people' }, changed]
    : [by('name'), by('status'), 'origin', 'why', 'company', changed];
}

interface LinkTableProps {
  readonly site: string;
  readonly listed: Listed;
  readonly query: Query;
}

function LinkTable({ site, listed: { kind, page, order }, query }: LinkTableProps) {
  const isCustomer = kind === 'customer';
  return (
    <Table heads={headsOf(kind, order, query)} class="links">
      <tbody>
        {page.rows.map((row) => (
          <tr>
            <th scope="row">
              <LinkIcon status={row.link.status} />
              <a href={sitePath(site, `/links/${row.link.number}`)}>{nameOf(row)}</a>
              {isCustomer && <span class="email">{row.emails.teamwork || row.emails.desk}</span>}
            </th>
            <td>
              <StatusBadge status={row.link.status} />
            </td>
            {isCustomer && <td>{originText(row)}</td>}
            <td class="why">{row.link.status === 'in_sync' ? '' : reasonText(row.link.reason)}</td>
            {isCustomer ? (
              <td>
                <CompanyOf site={site} row={row} />
              </td>
            ) : (
              <td class="number">{numberText(row.people)}</td>
            )}
            <td>
              <Time at={row.changedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function CompanyOf({
  site,
  row: { companyLink, companyName },
}: {
  readonly site: string;
  readonly row: ListedLink;
}) {
  if (companyLink === null) return <>{companyName || 'none'}</>;
  return <a href={sitePath(site, `/links/${companyLink}`)}>{companyName || `link ${companyLink}`}</a>;
}

export function nameOf({ names, emails, link }: LinkRow): string {
  return names.teamwork || names.desk || emails.teamwork || emails.desk || `(no name, link ${link.number})`;
}

/** R31: never guessed. A contact of Teamwork.com came from there. */
function originText({ link, origin }: ListedLink): string {
  if (link.ids.desk === null || origin === 'teamwork') return 'Teamwork.com contact';
  return origin === 'ticket' ? 'ticket' : origin === 'desk' ? 'made in Desk' : 'unknown';
}
