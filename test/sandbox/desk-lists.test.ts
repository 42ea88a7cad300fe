import { HandClock, openDesk } from '../support/desk-over-http';
import type { Desk } from '../support/desk-over-http';

/** Alder, Birch, Cedar, Dogwood, Elder: made a minute apart, each with one customer, Elder deleted. */
describe('Desk lists of the sandbox', () => {
  const NAMES = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elder'];
  let desk: Desk;
  const companies: number[] = [];
  const customers: number[] = [];
  const nameOf = (id: number) => NAMES[companies.indexOf(id)] ?? '?';
  const found = async (filter: unknown, rest: Record<string, string> = {}) =>
    (await desk.ids('companies', { filter: JSON.stringify(filter), ...rest })).map(nameOf).join(' ');

  beforeAll(async () => {
    const clock = new HandClock();
    desk = await openDesk({ clock });
    for (const name of NAMES) {
      companies.push(await desk.company(name, `${name}.test`));
      customers.push(
        await desk.customer(`Someone@${name}.test`, {
          customer: { email: `Someone@${name}.test`, firstName: name, trusted: name < 'C' },
        }),
      );
      clock.forward(60);
    }
    await desk.call('DELETE', `/companies/${companies[4]}.json`);
    await desk.call('DELETE', `/customers/${customers[4]}.json`);
  });
  afterAll(() => desk.close());

  test.each<[string, unknown, string]>([
    ['a plain value', { name: 'birch' }, 'Birch'],
    ['$eq on an id as text', { id: { $eq: '5001' } }, 'Alder'],
    ['$ne', { name: { $ne: 'Birch' } }, 'Alder Cedar Dogwood'],
    ['$gt and $lte on one field', { name: { $gt: 'Alder', $lte: 'Cedar' } }, 'Birch Cedar'],
    ['$gte on ids', { id: { $gte: 5003 } }, 'Cedar Dogwood'],
    ['$lt on times', { createdAt: { $lt: '2026-03-02T10:01:00Z' } }, 'Alder'],
    ['$gte on times', { updatedAt: { $gte: '2026-03-02T10:02:00Z' } }, 'Cedar Dogwood'],
    ['$in', { name: { $in: ['cedar', 'ALDER', 'none'] } }, 'Alder Cedar'],
    ['$nin', { id: { $nin: [5001, 5002] } }, 'Cedar Dogwood'],
    ['$contains', { name: { $contains: 'DER' } }, 'Alder'],
    ['$or', { $or: [{ name: 'Alder' }, { id: 5003 }] }, 'Alder Cedar'],
    ['$and within $or', { $or: [{ $and: [{ name: 'Alder' }, { id: 5002 }] }, { id: 5003 }] }, 'Cedar'],
    ['several keys', { kind: 'company', name: 'Alder' }, 'Alder'],
    ['an empty filter', {}, 'Alder Birch Cedar Dogwood'],
    ['an empty $or', { $or: [] }, 'Alder Birch Cedar Dogwood'],
    ['domains by name', { domains: { $in: ['birch.test', 'CEDAR.test'] } }, 'Birch Cedar'],
    ['no domain among these', { domains: { $nin: ['birch.test', 'cedar.test'] } }, 'Alder Dogwood'],
    ['the number of customers', { customersCount: { $gte: 1 } }, 'Alder Birch Cedar Dogwood'],
    ['deleted ones', { state: 'deleted' }, 'Elder'],
    ['any state', { state: { $in: ['active', 'deleted'] }, id: { $gt: 5003 } }, 'Dogwood Elder'],
    ['null', { deletedAt: null }, 'Alder Birch Cedar Dogwood'],
  ])('a filter by %s', async (_title, filter, expected) => {
    expect(await found(filter)).toBe(expected);
  });

  test.each<[string, object, number[]]>([
    ['companies.id', { 'companies.id': 5002 }, [1]],
    ['companies.id as text', { 'companies.id': { $in: ['5002', '5003'] } }, [1, 2]],
    ['companies.name', { 'companies.name': 'cedar' }, [2]],
    ['contacts.value', { 'contacts.value': 'someone@alder.TEST' }, [0]],
    ['a flag', { trusted: true }, [0, 1]],
    ['a flag and a relation', { trusted: true, 'companies.id': 5002 }, [1]],
  ])('customers by %s', async (_title, filter, expected) => {
    expect(await desk.ids('customers', { filter: JSON.stringify(filter) })).toEqual(
      expected.map((n) => customers[n]),
    );
  });

  test.each([
    ['broken JSON', '{"name":', { filter: ['must be valid JSON'] }],
    ['an array', '[]', { filter: ['must be an object'] }],
    ['an unknown field', '{"nope":1}', { nope: ['is not a field to filter by'] }],
    ['an unknown operator', '{"name":{"$regex":"x"}}', { filter: ['unknown operator $regex'] }],
    ['$not', '{"$not":{"name":"x"}}', { filter: ['unknown operator $not'] }],
    ['$in without an array', '{"name":{"$in":"x"}}', { filter: ['$in must have an array'] }],
    ['no date', '{"updatedAt":{"$gte":"yesterday"}}', { updatedAt: ['must be a valid date'] }],
    ['no number', '{"id":"abc"}', { id: ['must be a number'] }],
  ])('a filter with %s is 400', async (_title, filter, errors) => {
    const answer = await desk.call('GET', `/companies.json?${new URLSearchParams({ filter }).toString()}`);
    expect([answer.status, answer.body]).toEqual([400, { errors }]);
  });

  test('email orders customers but does not filter them', async () => {
    expect(await desk.ids('customers', { orderBy: 'email', orderMode: 'DESC' })).toEqual(
      [3, 2, 1, 0].map((n) => customers[n]),
    );
    expect((await desk.call('GET', '/customers.json?filter={"email":"x"}')).status).toBe(400);
    expect((await desk.call('GET', '/customers.json?orderBy=nope')).status).toBe(400);
  });

  test.each([
    ['id', 'asc', 'Alder Birch Cedar Dogwood'],
    ['id', 'desc', 'Dogwood Cedar Birch Alder'],
    ['name', 'desc', 'Dogwood Cedar Birch Alder'],
    ['updatedAt', 'asc', 'Alder Birch Cedar Dogwood'],
    ['domains.name', 'desc', 'Dogwood Cedar Birch Alder'],
  ])('ordered by %s %s, page by page', async (orderBy, orderMode, expected) => {
    const pages = ['1', '2', '3'].map((page) =>
      desk.ids('companies', { orderBy, orderMode, page, pageSize: '3' }),
    );
    expect((await Promise.all(pages)).flat().map(nameOf).join(' ')).toBe(expected);
  });

  test('a range of the ordered field is paged within its bounds', async () => {
    const filter = { id: { $gt: 5001, $lt: 5004 } };
    expect(await found(filter, { orderMode: 'desc', pageSize: '1' })).toBe('Cedar');
    expect(await found(filter, { orderMode: 'desc', pageSize: '1', page: '2' })).toBe('Birch');
    expect(await found(filter, { pageSize: '1', page: '3' })).toBe('');
  });

  test('the envelope tells the same twice, pages from one and offsets from nought', async () => {
    const answer = await desk.call('GET', '/companies.json?pageSize=3&page=1&fields=id,name');
    expect(answer.body).toEqual({
      companies: [5001, 5002, 5003].map((id) => ({ id, name: nameOf(id) })),
      included: {},
      pagination: { records: 4, pageSize: 3, pages: 2, page: 1, hasMorePages: true },
      meta: { page: { count: 4, pageSize: 3, pageOffset: 0, pages: 2, hasMore: true } },
    });
  });

  test.each([
    ['', 50],
    ['pageSize=0', 50],
    ['pageSize=abc', 50],
    ['pageSize=100', 100],
    ['pageSize=101', 100],
  ])('the page size of "%s" is %d', async (parameters, pageSize) => {
    expect((await desk.call('GET', `/customers.json?${parameters}`)).body).toMatchObject({
      pagination: { pageSize },
    });
  });

  test('search wants every word, resets a page size it does not like', async () => {
    const search = (parameters: string) => desk.call('GET', `/search/customers.json?${parameters}`);
    expect((await search('search=someone%20BIRCH')).body).toMatchObject({
      customers: [{ firstName: 'Birch' }],
      pagination: { records: 1 },
    });
    expect((await search('search=someone&pageSize=200')).body).toMatchObject({
      pagination: { records: 4, pageSize: 200 },
    });
    expect((await search('search=someone&pageSize=201')).body).toMatchObject({
      pagination: { pageSize: 50 },
    });
  });
});
