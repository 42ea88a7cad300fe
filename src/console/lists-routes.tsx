/** The lists of companies and customers, and a company made from here (R5). */
import { statuses } from '../domain/link';
import { kinds, type Kind } from '../domain/record';
import { makeCompany } from '../new-company';
import type { LinkCursor, LinkOrder, LinkPageFilter, ListedLink } from '../ports/reads';
import { Refused } from '../refused';
import { readDomains } from '../site-forms';
import { pluralOf } from '../wording/words';
import { noteChange } from './audit';
import { given } from './connect-form';
import { csvLine } from './csv';
import { LinksPage, nameOf } from './pages/links';
import { NewCompanyPage } from './pages/new-company';
import { reasonText } from './pages/parts';
import { siteRoute, sitePath, type FormValues, type Route, type SiteVisit } from './route';

const pageSize = 50;
const csvPageSize = 500;

export const listRoutes: readonly Route[] = [
  ...kinds.flatMap((kind) => [
    siteRoute('GET', `/${pluralOf[kind]}`, 'viewer', async (visit) => {
      const { query } = visit;
      const filter = { ...filterOf(kind, query), limit: pageSize };
      const page = await visit.ports.reads.linkPage(visit.site.id, filter);
      const { status = null, search = '', order = 'name' } = filter;
      const listed = { kind, page, status, search, order };
      return { page: { title: titles[kind], body: <LinksPage visit={visit} listed={listed} /> } };
    }),
    siteRoute('GET', `/${pluralOf[kind]}.csv`, 'viewer', (visit) => ({
      file: {
        name: `${visit.site.id}-${pluralOf[kind]}.csv`,
        type: 'text/csv; charset=utf-8',
        lines: csvOf(visit, filterOf(kind, visit.query)),
      },
    })),
  ]),
  siteRoute('GET', '/companies/new', 'operator', (visit) => ({
    page: { title: 'New company', body: <NewCompanyPage visit={visit} /> },
  })),
  siteRoute('POST', '/companies/new', 'operator', async ({ ports, site, form, user }) => {
    const name = form.text('name');
    if (name === '') throw new Refused('A company needs a name.');
    const website = form.text('website');
    const email = form.text('email');
    const addAsClient = form.isChecked('addAsClient');
    const fields = { name, ...(website === '' ? {} : { website }), ...(email === '' ? {} : { email }) };
    const result = await makeCompany(ports, site.id, { fields, domains: domainsOf(form), addAsClient });
    if ('unknown' in result) {
      const notice =
        'Desk has not said yet whether it was made. It is looked for, and never made twice; the same form asks again.';
      return { goTo: sitePath(site.id, '/companies'), notice };
    }
    const link = 'joined' in result ? result.joined.link : result.made.link;
    await noteChange({ ports, user }, site.id, 'company made', { link, addAsClient });
    const notice =
      'joined' in result
        ? 'A broken link of that name was joined again, with its people; nothing else was made.'
        : addAsClient
          ? 'Made in Desk; it becomes a client in Teamwork.com now.'
          : 'Made in Desk. It stands alone until somebody adds it as a client.';
    return { goTo: sitePath(site.id, `/links/${link}`), notice };
  }),
];

const orders: readonly LinkOrder[] = ['name', 'status', 'changed'];

const titles: Readonly<Record<Kind, string>> = { company: 'Companies', customer: 'Customers' };

function filterOf(kind: Kind, query: FormValues): Omit<LinkPageFilter, 'limit'> {
  const status = statuses.find((one) => one === query.text('status'));
  const search = query.text('search').slice(0, 200);
  const order = orders.find((one) => one === query.text('order')) ?? 'name';
  const after = cursorOf(order, query.text('after'));
  return {
    kind,
    ...(status === undefined ? {} : { status }),
    ...(search === '' ? {} : { search }),
    order,
    ...(after === null ? {} : { after }),
  };
}

const cursors: Readonly<Record<LinkOrder, RegExp>> = {
  name: /^(\d{1,15})\.(.*)$/s,
  status: /^(\d{1,15})\.(\d{1,2})$/,
  changed: /^(\d{1,15})\.(\d{16})$/,
};

function cursorOf(order: LinkOrder, text: string): LinkCursor | null {
  const [, number, key] = cursors[order].exec(text) ?? [];
  return number === undefined || key === undefined ? null : { number: Number(number), key };
}

function domainsOf(form: FormValues): readonly string[] {
  const texts = form.text('domains').split(/[\s,]+/);
  return given(readDomains(texts.filter((domain) => domain !== '')));
}

async function* csvOf(
  { ports, site }: SiteVisit,
  filter: Omit<LinkPageFilter, 'limit'>,
): AsyncIterable<string> {
  yield csvLine([
    'link',
    'name',
    'email',
    'status',
    'reason',
    'teamwork id',
    'desk id',
    'company',
    'people',
    'changed',
  ]);
  let after = filter.after;
  for (;;) {
    const page = await ports.reads.linkPage(site.id, {
      ...filter,
      ...(after === undefined ? {} : { after }),
      limit: csvPageSize,
    });
    for (const row of page.rows) yield csvLine(cellsOf(row));
    if (page.next === null) return;
    after = page.next;
  }
}

function cellsOf(row: ListedLink): string[] {
  const { link, emails, companyName, people, changedAt } = row;
  return [
    String(link.number),
    nameOf(row),
    emails.teamwork || emails.desk,
    link.status,
    reasonText(link.reason),
    link.ids.teamwork ?? '',
    link.ids.desk ?? '',
    companyName,
    String(people),
    changedAt,
  ];
}
