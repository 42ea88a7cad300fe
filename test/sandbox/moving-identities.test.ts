/** Identities that move from record to record: emails, names and domains. */
import { V3, DESK, bothSides } from '../support/both-sides';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
});
const { must, client, contact, deskCompany, customer, filtered } = bothSides(() => sandbox);

/** Swaps what two records have by way of a third value; the direct way is refused. */
async function swap(
  [a, b]: readonly [number, number],
  values: readonly [string, string, string],
  write: (id: number, value: string) => Promise<{ status: number }>,
): Promise<void> {
  expect([400, 409, 422]).toContain((await write(a, values[1])).status);
  expect((await write(a, values[2])).status).toBe(200);
  expect((await write(b, values[0])).status).toBe(200);
  expect((await write(a, values[1])).status).toBe(200);
}

test('emails are swapped by way of a third, on both sides', async () => {
  const companyId = await client('Umber');
  const emails = ['a@umber.example', 'b@umber.example', 'c@umber.example'] as const;
  const people = [await contact(emails[0], companyId), await contact(emails[1], companyId)] as const;
  await swap(people, emails, (id, email) =>
    sandbox.call('PUT', `/people/${id}.json`, { person: { 'email-address': email } }),
  );
  const holders = (await must('GET', `/people.json?emailaddress=${emails[0]}`)) as { people: unknown[] };
  expect(holders.people).toMatchObject([{ id: String(people[1]) }]);

  const customers = [await customer(emails[0]), await customer(emails[1])] as const;
  await swap(customers, emails, (id, email) =>
    sandbox.call('PATCH', `${DESK}/customers/${id}.json`, { customer: { email } }),
  );
  expect(await filtered('customers', { 'contacts.value': emails[0] })).toEqual([customers[1]]);
});

test('names of companies are swapped by way of a third, on both sides', async () => {
  const names = ['Umber', 'Ochre', 'Sienna'] as const;
  const clients = [await client(names[0]), await client(names[1])] as const;
  const companies = [await deskCompany(names[0]), await deskCompany(names[1])] as const;
  const named = (root: string) => (id: number, name: string) =>
    sandbox.call('PATCH', `${root}/companies/${id}.json`, { company: { name } });
  await swap(clients, names, named(V3));
  await swap(companies, names, named(DESK));
  expect(await filtered('companies', { name: 'Umber' })).toEqual([companies[1]]);
});

test('a deleted record made again has a new id and its email back', async () => {
  const companyId = await client('Umber');
  const id = await contact('ana@umber.example', companyId);
  await must('DELETE', `/people/${id}.json`);
  expect(await contact('ana@umber.example', companyId)).toBeGreaterThan(id);
  const old = await customer('ana@umber.example');
  await must('DELETE', `${DESK}/customers/${old}.json`);
  expect(await customer('ana@umber.example')).toBeGreaterThan(old);
});

test('R7 domain matching carries a customer from company to company with its email or its domain', async () => {
  const umber = await deskCompany('Umber', 'umber.example');
  const ochre = await deskCompany('Ochre', 'ochre.example');
  const id = await customer('ana@umber.example');
  const place = async () =>
    (
      (await must('GET', `${DESK}/customers/${id}.json`)) as {
        customer: { company: { id: number } | null };
      }
    ).customer.company?.id ?? null;
  expect(await place()).toBe(umber);
  await must('PATCH', `${DESK}/customers/${id}.json`, { customer: { email: 'ana@ochre.example' } });
  expect(await place()).toBe(ochre);
  const [domain] = sandbox.ctx.world.tables.deskDomains.by('name', 'ochre.example');
  const removal = { included: { domains: [{ id: domain?.id, delete: true }] } };
  await must('PATCH', `${DESK}/companies/${ochre}.json`, removal);
  expect(await place()).toBeNull();
  await must('PATCH', `${DESK}/companies/${umber}.json`, {
    included: { domains: [{ name: 'ochre.example' }] },
  });
  expect(await place()).toBe(umber);
});
