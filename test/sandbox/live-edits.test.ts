/** What a live sync looks for: every kind of edit shows in the listings of what changed. */
import { V3, DESK, bothSides } from '../support/both-sides';
import { HandClock } from '../support/desk-over-http';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

const clock = new HandClock();
let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
});
const { must, client, contact, deskCompany, customer, ids, filtered } = bothSides(() => sandbox);

/** The second before now: the vendors' `after` excludes its own second. */
const before = () => new Date(clock.nowMs() - 1000).toISOString().replace('.000Z', 'Z');
const changed = {
  people: () => ids(`${V3}/people.json?showDeleted=true&updatedAfter=${before()}`),
  fullPeople: () =>
    ids(
      `/projects/api/v2/people.json?fullprofile=true&includeContacts=true&updatedAfterDateTime=${before()}`,
    ),
  clients: () => ids(`${V3}/companies.json?updatedAfter=${before()}`),
  companies: () => filtered('companies', { updatedAt: { $gte: clock.now } }),
  customers: () => filtered('customers', { updatedAt: { $gte: clock.now } }),
  deletedCustomers: () => filtered('customers', { state: 'deleted', deletedAt: { $gte: clock.now } }),
  deletedCompanies: () => filtered('companies', { state: 'deleted', deletedAt: { $gte: clock.now } }),
};

async function picture(): Promise<string> {
  const reserve = '/projects/api/v1/pendingfiles/presignedurl.json?fileName=a.png&fileSize=4';
  const { ref, url } = (await must('GET', reserve)) as { ref: string; url: string };
  const headers = { 'Content-Type': 'image/png', 'X-Amz-Acl': 'public-read' };
  expect((await sandbox.call('PUT', url, Buffer.from('PNG!'), { token: null, headers })).status).toBe(200);
  return ref;
}

describe('what changed in Teamwork.com', () => {
  let companyId: number;
  let id: number;
  beforeEach(async () => {
    companyId = await client('Umber');
    id = await contact('ana@umber.example', companyId);
    await contact('bea@umber.example', companyId);
    clock.forward(60);
  });
  const put = (person: object) => must('PUT', `/people/${id}.json`, { person });

  test.each<[string, () => Promise<unknown>]>([
    ['an alternative email', () => put({ 'email-alt-2': 'ana@home.example' })],
    ['a social network', () => put({ userLinkedin: 'https://linkedin.example/ana' })],
    ['a picture', async () => put({ avatarPendingFileRef: await picture() })],
    ['a picture taken away', () => put({ removeAvatar: true })],
    ['another company', async () => put({ 'company-id': await client('Ochre') })],
    ['the same values again', () => put({ 'first-name': 'Ana' })],
  ])('%s: the person alone, in v2 and v3', async (_title, edit) => {
    await edit();
    expect(await changed.people()).toEqual([id]);
    expect(await changed.fullPeople()).toEqual([id]);
    clock.forward(1);
    expect(await changed.people()).toEqual([]);
  });

  test('deleted and restored: in the trash by its time, among the changed again afterwards', async () => {
    await must('DELETE', `/people/${id}.json`);
    expect(await changed.people()).toEqual([id]);
    expect(await changed.fullPeople()).toEqual([]);
    const trash = async () => ((await must('GET', '/people/deleted.json')) as { people: unknown[] }).people;
    const entry = expect.objectContaining({ id: String(id), deletedDateTime: clock.now }) as unknown;
    expect(await trash()).toContainEqual(entry);
    clock.forward(60);
    await must('PUT', `/trashcan/people/${id}/restore.json`);
    expect(await changed.fullPeople()).toEqual([id]);
    expect(await trash()).not.toContainEqual(entry);
  });

  test('a company by what is written to it, not by its people', async () => {
    await put({ title: 'CEO' });
    expect(await changed.clients()).toEqual([]);
    await must('PATCH', `${V3}/companies/${companyId}.json`, { company: { website: 'umber.example' } });
    expect(await changed.clients()).toEqual([companyId]);
  });
});

describe('what changed in Desk', () => {
  test('contacts, picture, company and domain move updatedAt of the customer', async () => {
    const company = await deskCompany('Umber');
    const id = await customer('ana@umber.example');
    const path = `${DESK}/customers/${id}.json`;
    for (const edit of [
      () => must('PATCH', path, { included: { contacts: [{ value: 'ana@home.example' }] } }),
      () => must('PATCH', path, { customer: { avatarURL: 'https://pictures.example/ana.png' } }),
      () => must('PATCH', path, { included: { companies: [{ id: company }] } }),
      () => must('PATCH', path, { included: { companies: [{ id: company, delete: true }] } }),
      () =>
        must('PATCH', `${DESK}/companies/${company}.json`, {
          included: { domains: [{ name: 'umber.example' }] },
        }),
      () => must('DELETE', `${DESK}/companies/${company}.json`),
    ]) {
      clock.forward(60);
      await edit();
      expect(await changed.customers()).toEqual([id]);
    }
    expect(await changed.companies()).toEqual([]);
    expect(await changed.deletedCompanies()).toEqual([company]);
  });

  test('a company shows its new domains; deletions are found by deletedAt alone', async () => {
    const company = await deskCompany('Umber');
    const id = await customer('ana@elsewhere.example', company);
    clock.forward(60);
    const domains = [{ name: 'umber.example' }];
    await must('PATCH', `${DESK}/companies/${company}.json`, { included: { domains } });
    expect(await changed.companies()).toEqual([company]);
    clock.forward(60);
    await must('DELETE', `${DESK}/customers/${id}.json`);
    expect(await changed.customers()).toEqual([]);
    expect(await changed.deletedCustomers()).toEqual([id]);
    clock.forward(1);
    expect(await changed.deletedCustomers()).toEqual([]);
  });

  test('R17 a merge shows as a deletion and an edit, and the email leads to the survivor', async () => {
    const primary = await customer('ana@one.example');
    const secondary = await customer('ana@two.example');
    clock.forward(60);
    expect((await sandbox.control('/merge-customers', { primary, secondary })).status).toBe(200);
    expect(await changed.customers()).toEqual([primary]);
    expect(await changed.deletedCustomers()).toEqual([secondary]);
    expect(await filtered('customers', { 'contacts.value': 'ana@two.example' })).toEqual([primary]);
  });
});
