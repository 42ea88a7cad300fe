import { kinds, type Kind, type Side } from '../../src/domain/record';
import type { ChangesPage, DeletionsPage, SideApi } from '../../src/ports/apis';
import { client, failureOf, json, openSandbox, recordingPermit, serve, token } from './over-http';
import type { OpenSandbox, Told } from './over-http';

const longAgo = '2020-01-01T00:00:00.000Z';

describe('what changed and what was deleted, against the sandbox', () => {
  let sandbox: OpenSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());
  const permit = recordingPermit();

  const api = (side: Side): SideApi => sandbox[side];
  async function everything(side: Side, kind: Kind) {
    const { observations } = await api(side).list(permit, kind, null);
    return observations;
  }
  async function changed(side: Side, kind: Kind, since: string): Promise<readonly string[]> {
    const page = await api(side).changes(permit, kind, since, null);
    return page.observations.map(({ id }) => id);
  }
  async function removed(path: string): Promise<void> {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.ok).toBe(true);
  }
  const places = (['teamwork', 'desk'] as const).flatMap((side) =>
    kinds.map((kind) => [side, kind] as const),
  );

  test.each(places)(
    '%s %s: the second asked for is in it, the one after the last change is not',
    async (side, kind) => {
      const [first] = await everything(side, kind);
      const id = first?.id ?? '';
      const values = kind === 'company' ? { website: `new-${side}.test` } : { firstName: 'Newly' };
      await api(side).update(permit, kind, id, values);
      const { updatedAt } = await api(side).read(permit, kind, id);
      expect(await changed(side, kind, updatedAt ?? '')).toContain(id);
      const next = new Date(Date.parse(updatedAt ?? '') + 2_000).toISOString();
      expect(await changed(side, kind, next)).not.toContain(id);
    },
  );

  test.each(places)(
    '%s %s: from long ago on, as much as the whole listing, every field read (R8)',
    async (side, kind) => {
      const all = await everything(side, kind);
      const page = await api(side).changes(permit, kind, longAgo, null);
      expect(page.observations.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      const fieldsOf = (id: string) => page.observations.find((seen) => seen.id === id)?.fields;
      for (const { id, fields } of all) expect(fieldsOf(id)).toEqual(fields);
    },
  );

  test.each(places)('%s %s: the vendor tells when it answered', async (side, kind) => {
    const before = Date.now();
    const { answeredAt } = await api(side).changes(permit, kind, longAgo, null);
    expect(Date.parse(answeredAt ?? '')).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(answeredAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    ['desk', 'company', '/desk/api/v2/companies'],
    ['desk', 'customer', '/desk/api/v2/customers'],
    ['teamwork', 'customer', '/people'],
  ] as const)(
    'R23 %s %s: a deleted record is told with its time, and only from then on',
    async (side, kind, path) => {
      const id = (await everything(side, kind)).find(({ scope }) => scope === 'client')?.id ?? '';
      await removed(`${path}/${id}.json`);
      const { deleted, next } = await api(side).deletions(permit, kind, longAgo, null);
      const found = deleted.find((one) => one.id === id);
      expect(found?.at).toMatch(/^\d{4}-/);
      expect(next).toBeNull();
      const later = new Date(Date.parse(found?.at ?? '') + 2_000).toISOString();
      expect((await api(side).deletions(permit, kind, later, null)).deleted).toEqual([]);
      expect((await api(side).deletions(permit, kind, found?.at ?? '', null)).deleted).toHaveLength(1);
    },
  );

  test('Teamwork.com: of deleted companies there is no list, and none is asked for', async () => {
    const calls = sandbox.ctx.calls.since(0).length;
    const error = await failureOf(sandbox.teamwork.deletions(permit, 'company', longAgo, null));
    expect(error.kind).toBe('invalid');
    expect(sandbox.ctx.calls.since(0)).toHaveLength(calls);
  });
});

describe('what changed, as the vendors may tell it', () => {
  let server: Told;
  afterEach(() => server.close());

  async function desk(body: object, headers: Record<string, string> = {}): Promise<SideApi> {
    server = await serve(json(body, 200, headers));
    return client('desk', server.url);
  }
  const filters = () => server.requests.map(({ url }) => url.searchParams.get('filter'));
  const changes = (api: SideApi, cursor: string | null): Promise<ChangesPage> =>
    api.changes(recordingPermit(), 'customer', '2026-03-04T05:06:07.890Z', cursor);
  const deletions = (api: SideApi): Promise<DeletionsPage> =>
    api.deletions(recordingPermit(), 'customer', longAgo, null);

  test('Desk: later pages go on by id within the same time', async () => {
    const pagination = { hasMorePages: true, records: 9 };
    const api = await desk({ customers: [{ id: 7 }], included: null, pagination });
    const first = await changes(api, null);
    await changes(api, first.next).catch(() => undefined);
    expect(filters()).toEqual([
      '{"updatedAt":{"$gte":"2026-03-04T05:06:07Z"}}',
      '{"updatedAt":{"$gte":"2026-03-04T05:06:07Z"},"id":{"$gt":7}}',
    ]);
  });

  test('R23 Desk: a list of deleted records that shows live ones shows no deletion', async () => {
    const customers = [{ id: 1, state: 'active' }, { id: 2 }, { id: 3, state: 'deleted', deletedAt: null }];
    const api = await desk({ customers, included: null, pagination: { hasMorePages: false, records: 3 } });
    expect((await deletions(api)).deleted).toEqual([{ id: '3', at: null }]);
  });

  test('an answer with a time that is none tells none', async () => {
    const pagination = { hasMorePages: false, records: 0 };
    const api = await desk({ customers: [], included: null, pagination }, { Date: 'soon' });
    expect((await changes(api, null)).answeredAt).toBeNull();
  });

  test('R23 Teamwork.com: the trash is read to its last page, an entry without a time counts as new', async () => {
    server = await serve((url, ...rest) => {
      const page = Number(url.searchParams.get('page'));
      const people = page === 1 ? [{ id: '1', deletedDateTime: '2019-01-01T00:00:00Z' }] : [{ id: '2' }];
      json({ STATUS: 'OK', people }, 200, { 'X-Pages': '2' })(url, ...rest);
    });
    const api = client('teamwork', server.url);
    const first = await deletions(api);
    const second = await api.deletions(recordingPermit(), 'customer', longAgo, first.next);
    expect([first.deleted, second.deleted, second.next]).toEqual([[], [{ id: '2', at: null }], null]);
  });
});
