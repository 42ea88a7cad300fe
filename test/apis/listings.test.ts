import type { Kind } from '../../src/domain/record';
import type { ListingPage, SideApi } from '../../src/ports/apis';
import { client, failureOf, json, recordingPermit, serve, type AnswerOf, type Told } from './over-http';

const person = (id: number, companyId = 9) => ({ id, companyId, inOwnerCompany: false, userType: 'contact' });
const company = (id: number) => ({
  id,
  name: `Company ${id}`,
  isOwner: false,
  createdAt: '2025-01-01T00:00:00Z',
});

/** All pages of a listing; stops a test that would go on for ever. */
async function pagesOf(api: SideApi, kind: Kind): Promise<ListingPage[]> {
  const pages: ListingPage[] = [];
  let cursor: string | null = null;
  do {
    if (pages.length > 20) throw new Error('the listing does not end');
    const page: ListingPage = await api.list(recordingPermit(), kind, cursor);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return pages;
}
const idsOf = (pages: readonly ListingPage[]) =>
  pages.map(({ observations }) => observations.map(({ id }) => id));

describe('listings end where the vendor says so (R23)', () => {
  let server: Told;
  afterEach(() => server.close());
  const teamwork = async (answer: AnswerOf): Promise<SideApi> => {
    server = await serve(answer);
    return client('teamwork', server.url);
  };
  const desk = async (answer: AnswerOf): Promise<SideApi> => {
    server = await serve(answer);
    return client('desk', server.url);
  };

  test('companies of Teamwork.com: a short and an empty page before the end are not the end', async () => {
    const rows = [[company(1)], [], [company(2)], []];
    const api = await teamwork((url, ...rest) => {
      const page = Number(url.searchParams.get('page'));
      const paging = { hasMore: page < 4, count: page < 4 ? 999 : 2 };
      json({ companies: rows[page - 1], meta: { page: paging } })(url, ...rest);
    });
    const pages = await pagesOf(api, 'company');
    expect(idsOf(pages)).toEqual([['1'], [], ['2'], []]);
    expect(pages.map(({ total }) => total)).toEqual([null, null, null, 2]);
  });
  test('companies of Teamwork.com: without a word about more pages nothing is complete', async () => {
    const api = await teamwork(json({ companies: [company(1)] }));
    expect((await failureOf(api.list(recordingPermit(), 'company', null))).kind).toBe('contract');
  });
  test('companies of Teamwork.com: beyond the ceiling it goes on by the time of creation', async () => {
    const api = await teamwork((url, ...rest) => {
      const page = Number(url.searchParams.get('page'));
      const later = url.searchParams.has('createdAfter');
      const rows = later ? [company(3)] : [company(page)];
      json({ companies: rows, meta: { page: { hasMore: !later && page < 100 } } })(url, ...rest);
    });
    const last = await api.list(recordingPermit(), 'company', JSON.stringify({ page: 100 }));
    const beyond = await api.list(recordingPermit(), 'company', last.next);
    expect([beyond.observations.map(({ id }) => id), beyond.next]).toEqual([['3'], null]);
    expect(server.requests.at(-1)?.url.searchParams.get('createdAfter')).toBe('2024-12-31T23:59:59Z');
  });

  test('people: the headers tell the number of pages', async () => {
    const api = await teamwork((url, ...rest) => {
      const page = Number(url.searchParams.get('page'));
      json({ people: page === 2 ? [] : [person(page)] }, 200, { 'X-Pages': '3', 'X-Records': '2' })(
        url,
        ...rest,
      );
    });
    const pages = await pagesOf(api, 'customer');
    expect(idsOf(pages)).toEqual([['1'], [], ['3']]);
    expect(pages[0]?.total).toBe(2);
  });
  test('people: without these headers an empty page is the end', async () => {
    const api = await teamwork((url, ...rest) => {
      const page = Number(url.searchParams.get('page'));
      json({ people: page < 3 ? [person(page)] : [] })(url, ...rest);
    });
    expect(idsOf(await pagesOf(api, 'customer'))).toEqual([['1'], ['2'], []]);
  });
  test('people: a listing at its ceiling is read by batches of companies, a batch at its ceiling by halves', async () => {
    const api = await teamwork((url, ...rest) => {
      if (url.pathname.endsWith('companies.json')) {
        const companies = [company(1), company(2), company(3)];
        json({ companies, meta: { page: { hasMore: false, count: 3 } } })(url, ...rest);
        return;
      }
      const of = (url.searchParams.get('companyId') ?? '').split(',').filter(Boolean).map(Number);
      const full = of.length === 0 || of.length > 1;
      const people = full ? [person(100)] : of.map((id) => person(id * 10, id));
      json(
        { people },
        200,
        full ? { 'X-Pages': '200', 'X-Records': '50000' } : { 'X-Pages': '1', 'X-Records': '1' },
      )(url, ...rest);
    });
    const pages = await pagesOf(api, 'customer');
    expect(new Set(idsOf(pages).flat())).toEqual(new Set(['100', '10', '20', '30']));
    expect(pages.every(({ next }) => (next ?? '').length < 2_000)).toBe(true);
    expect(pages[0]?.total).toBeNull();
  });
  test('people: above its ceiling the listing goes on to the people of the last page of companies', async () => {
    const api = await teamwork((url, ...rest) => {
      if (url.pathname.endsWith('companies.json')) {
        const page = Number(url.searchParams.get('page'));
        json({ companies: [company(page)], meta: { page: { hasMore: page < 3 } } })(url, ...rest);
        return;
      }
      const of = Number(url.searchParams.get('companyId') ?? 0);
      const total = of === 0 ? '50000' : '1';
      json({ people: [person(of * 10 + 100)] }, 200, { 'X-Pages': total, 'X-Records': total })(url, ...rest);
    });
    expect(new Set(idsOf(await pagesOf(api, 'customer')).flat())).toEqual(
      new Set(['100', '110', '120', '130']),
    );
  });
  test('people: one company above the ceiling cannot be read whole, which is said', async () => {
    const full = { 'X-Pages': '200', 'X-Records': '50000' };
    const api = await teamwork(json({ people: [person(1)] }, 200, full));
    const cursor = JSON.stringify({ page: 1, batches: [['7']], companies: null });
    expect((await failureOf(api.list(recordingPermit(), 'customer', cursor))).message).toContain(
      'one company',
    );
  });

  const page = (kind: string, rows: readonly object[], pagination: object): AnswerOf =>
    json({ [kind]: rows, included: null, pagination });
  test('Desk: each page begins after the highest id seen, and the total stays that of the whole', async () => {
    const api = await desk((url, ...rest) => {
      const after = Number(/\d+/.exec(url.searchParams.get('filter') ?? '0')?.[0]);
      const rows = [{ id: after + 2 }, { id: after + 1 }];
      page('customers', rows, { hasMorePages: after < 4, records: 6 - after })(url, ...rest);
    });
    const pages = await pagesOf(api, 'customer');
    expect(idsOf(pages)).toEqual([
      ['2', '1'],
      ['4', '3'],
      ['6', '5'],
    ]);
    expect(pages.map(({ total }) => total)).toEqual([6, 6, 6]);
    expect(server.requests.map(({ url }) => url.searchParams.get('filter'))).toEqual([
      null,
      '{"id":{"$gt":2}}',
      '{"id":{"$gt":4}}',
    ]);
  });
  test('Desk: a filter that was ignored is found out', async () => {
    const api = await desk(page('customers', [{ id: 1 }], { hasMorePages: true, records: 9 }));
    const first = await api.list(recordingPermit(), 'customer', null);
    expect((await failureOf(api.list(recordingPermit(), 'customer', first.next))).kind).toBe('contract');
  });
  test('Desk: more announced and none shown is a failed read', async () => {
    const api = await desk(page('companies', [], { hasMorePages: true, records: 9 }));
    expect((await failureOf(api.list(recordingPermit(), 'company', null))).kind).toBe('contract');
  });
  test('Desk: an unreadable record does not hold the listing up', async () => {
    const rows = [
      { id: 1, firstName: 'A' },
      { id: 2, firstName: 7 },
    ];
    const api = await desk(page('customers', rows, { hasMorePages: true, records: 3 }));
    const first = await api.list(recordingPermit(), 'customer', null);
    expect([first.unreadable.map(({ id }) => id), first.next]).toEqual([['2'], '{"after":"2","seen":2}']);
  });
  test("Desk: domains tied to a Teamwork.com company are counted as signs of the vendor's own sync (R33)", async () => {
    const domains = [
      { id: 1, name: 'a.test', projects_company: { id: 5, type: 'projectscompanies' } },
      { id: 2, name: 'b.test', projects_company: null },
    ];
    const companies = [
      { id: 1, domains: [{ id: 1 }, { id: 2 }] },
      { id: 2, domains: null },
      { id: 3, domains: [{ id: 2 }] },
    ];
    const api = await desk(json({ companies, included: { domains }, pagination: { hasMorePages: false } }));
    expect((await api.list(recordingPermit(), 'company', null)).vendorSyncSigns).toBe(1);
  });
});
