import { HandClock, openDesk } from '../support/desk-over-http';
import type { Desk } from '../support/desk-over-http';

interface Contact {
  readonly id: number;
  readonly type: string;
  readonly value: string;
  readonly isMain: boolean;
}

describe('Desk customers of the sandbox', () => {
  let clock: HandClock;
  let desk: Desk;
  beforeEach(async () => {
    clock = new HandClock();
    desk = await openDesk({ clock });
  });
  afterEach(() => desk.close());

  const email = (value: string, isMain = false) => ({ type: 'email', value, isMain });
  const read = async (id: number) => (await desk.call('GET', `/customers/${id}.json?includes=all`)).body;
  const patch = (id: number, body: object) => desk.call('PATCH', `/customers/${id}.json`, body);

  /** The contacts as `value` or, for the main one, `*value`. */
  async function contactsOf(id: number): Promise<string[]> {
    const { included } = (await read(id)) as { included: { contacts: Contact[] } };
    return included.contacts.map(({ value, isMain }) => (isMain ? `*${value}` : value));
  }
  async function contactIdsOf(id: number): Promise<number[]> {
    const { included } = (await read(id)) as { included: { contacts: Contact[] } };
    return included.contacts.map((contact) => contact.id);
  }

  test('an email alone makes a customer, with its contact and a default picture on the site', async () => {
    const id = await desk.customer('ann@lone.test', {
      customer: { email: 'ann@lone.test', jobTitle: null, contacts: null },
    });
    expect(await read(id)).toEqual({
      customer: expect.objectContaining({
        id,
        email: 'ann@lone.test',
        firstName: '',
        jobTitle: '',
        company: null,
        contacts: [{ id: 1_000_001, type: 'contacts' }],
        customerwelcomeemails: null,
        numTickets: 0,
        addMethod: '',
        avatarURL: expect.stringMatching(`^${desk.address}/desk/images/avatars/animals/`) as string,
      }) as object,
      included: {
        companies: [],
        contacts: [
          expect.objectContaining({ ...email('ann@lone.test', true), customer: { id, type: 'customers' } }),
        ],
        users: [expect.objectContaining({ id: 301 })],
      },
    });
  });

  test('a picture can be set, and given up again', async () => {
    const id = await desk.customer('ann@lone.test');
    const set = await patch(id, { customer: { avatarURL: 'https://pictures.test/ann.png' } });
    expect(set.body).toMatchObject({ customer: { avatarURL: 'https://pictures.test/ann.png' } });
    const given = await patch(id, { customer: { avatarURL: '' } });
    expect(given.body).toMatchObject({
      customer: { avatarURL: expect.stringContaining('/animals/') as string },
    });
  });

  test('contacts are additive upserts with one main email', async () => {
    const id = await desk.customer('ann@lone.test');
    await patch(id, {
      included: { contacts: [email('ann.b@lone.test'), { type: 'twitter', value: '@ann' }] },
    });
    expect(await contactsOf(id)).toEqual(['*ann@lone.test', 'ann.b@lone.test', '@ann']);
    const [main, alternative] = await contactIdsOf(id);
    await patch(id, { included: { contacts: [{ id: alternative, isMain: true }] } });
    expect(await contactsOf(id)).toEqual(['ann@lone.test', '*ann.b@lone.test', '@ann']);
    await patch(id, {
      included: {
        contacts: [
          { id: alternative, delete: true },
          { id: main, value: 'ann.c@lone.test' },
        ],
      },
    });
    expect(await contactsOf(id)).toEqual(['*ann.c@lone.test', '@ann']);
    expect(await read(id)).toMatchObject({ customer: { email: 'ann.c@lone.test', twitterHandle: '@ann' } });
  });

  test('email alone changes the main email, or raises the alternative that has it', async () => {
    const id = await desk.customer('ann@lone.test', {
      included: { contacts: [email('ann@lone.test', true), email('ann.b@lone.test')] },
    });
    await patch(id, { customer: { email: 'ANN.B@lone.test' } });
    expect(await contactsOf(id)).toEqual(['ann@lone.test', '*ANN.B@lone.test']);
    await patch(id, { customer: { email: 'new@lone.test' } });
    expect(await contactsOf(id)).toEqual(['ann@lone.test', '*new@lone.test']);
  });

  test('social fields and contacts of their type are one thing', async () => {
    const id = await desk.customer('ann@lone.test', {
      customer: { email: 'ann@lone.test', linkedinURL: 'https://in.test/ann' },
    });
    expect(await contactsOf(id)).toEqual(['*ann@lone.test', 'https://in.test/ann']);
    await patch(id, { customer: { linkedinURL: '' } });
    expect(await contactsOf(id)).toEqual(['*ann@lone.test']);
    expect(await read(id)).toMatchObject({ customer: { linkedinURL: '' } });
  });

  test.each([
    ['no email', { customer: { firstName: 'N' } }, { email: ['must be set'] }],
    ['a malformed email', { customer: { email: 'ann@lone' } }, { email: ['must be a valid email address'] }],
    [
      'a malformed contact',
      { included: { contacts: [email('a b@lone.test', true)] } },
      { 'contacts[0].value': ['must be a valid email address'] },
    ],
    ['a taken main email', { customer: { email: 'ANN@lone.test' } }, { email: ['is already in use'] }],
    ['a taken alternative', { customer: { email: 'ann.b@lone.test' } }, { email: ['is already in use'] }],
    [
      'a fifth email',
      { included: { contacts: ['1', '2', '3', '4', '5'].map((n) => email(`${n}@lone.test`)) } },
      { contacts: ['must have at most 4 emails'] },
    ],
    [
      'an unknown company',
      { customer: { email: 'n@lone.test' }, included: { companies: [{ id: 9 }] } },
      { 'companies[0].id': ['is not a company'] },
    ],
    [
      'an unknown contact',
      { included: { contacts: [{ id: 9, value: 'n@lone.test' }] } },
      { 'contacts[0].id': ['is not a contact of this customer'] },
    ],
  ])('%s is refused with 400, and nothing is written', async (_title, body, errors) => {
    await desk.customer('', {
      included: { contacts: [email('ann@lone.test', true), email('ann.b@lone.test')] },
    });
    const answer = await desk.call('POST', '/customers.json', body);
    expect([answer.status, answer.body]).toEqual([400, { errors }]);
    expect(await desk.ids('customers', {})).toHaveLength(1);
  });

  test('the company comes by included, moves, and goes by delete', async () => {
    const [first, second] = [await desk.company('First'), await desk.company('Second')];
    const id = await desk.customer('ann@lone.test', {
      included: { companies: [{ id: first, delete: false }] },
    });
    expect(await read(id)).toMatchObject({
      customer: { company: { id: first, type: 'companies' }, addMethod: 'manual' },
    });
    await patch(id, { included: { companies: [{ id: second }] } });
    expect(await read(id)).toMatchObject({
      customer: { company: { id: second } },
      included: { companies: [{ name: 'Second' }] },
    });
    await patch(id, { included: { companies: [{ id: second, delete: true }] } });
    expect(await read(id)).toMatchObject({ customer: { company: null } });
  });

  test('a domain brings in those who come and those who are there, unless a company was named', async () => {
    const other = await desk.company('Other');
    const present = await desk.customer('ann@harrow.test');
    const named = await desk.customer('bob@harrow.test', { included: { companies: [{ id: other }] } });
    const id = await desk.company('Harrow', 'harrow.test', '*.harrow.test');
    const later = await desk.customer('cid@HARROW.test');
    const below = await desk.customer('dan@mail.harrow.test');
    expect(await desk.ids('customers', { filter: JSON.stringify({ 'companies.id': id }) })).toEqual([
      present,
      later,
      below,
    ]);
    expect(await read(later)).toMatchObject({ customer: { addMethod: 'auto' } });
    expect(await read(named)).toMatchObject({ customer: { company: { id: other } } });
  });

  test('removing the domain, or another email, frees those whom it brought', async () => {
    const id = await desk.company('Harrow', 'harrow.test');
    const ann = await desk.customer('ann@harrow.test');
    const bob = await desk.customer('bob@harrow.test');
    await patch(bob, { customer: { email: 'bob@lone.test' } });
    expect(await read(bob)).toMatchObject({ customer: { company: null, addMethod: '' } });
    await desk.call('PATCH', `/companies/${id}.json`, { included: { domains: [{ id: 1, delete: true }] } });
    expect(await read(ann)).toMatchObject({ customer: { company: null } });
  });

  test('another email leaves those in their company whom no domain brought there', async () => {
    const id = await desk.company('Harrow');
    const ann = await desk.customer('ann@lone.test', { included: { companies: [{ id }] } });
    await desk.company('Other', 'other.test');
    await patch(ann, { customer: { email: 'ann@other.test' } });
    expect(await read(ann)).toMatchObject({ customer: { company: { id }, addMethod: 'manual' } });
  });

  test('a deleted customer is 404 without moving updatedAt, and its emails are free', async () => {
    const id = await desk.customer('ann@lone.test');
    const before = clock.now;
    clock.forward(60);
    expect((await desk.call('DELETE', `/customers/${id}.json`)).status).toBe(200);
    expect((await read(id)) as object).toMatchObject({ message: expect.any(String) as string });
    const filter = JSON.stringify({ state: 'deleted', 'contacts.value': 'ann@lone.test' });
    const listed = await desk.call('GET', `/customers.json?${new URLSearchParams({ filter }).toString()}`);
    expect(listed.body).toMatchObject({
      customers: [{ id, email: 'ann@lone.test', state: 'deleted', updatedAt: before, deletedAt: clock.now }],
    });
    await expect(desk.customer('ann@lone.test')).resolves.toBeGreaterThan(id);
  });

  test('contacts can be listed and read on their own', async () => {
    const id = await desk.customer('ann@lone.test');
    const [contact] = await contactIdsOf(id);
    expect(await desk.ids('contacts', { filter: '{"value":"ANN@lone.test"}' })).toEqual([contact]);
    const answer = await desk.call('GET', `/contacts/${contact}.json?includes=customers`);
    expect(answer.body).toMatchObject({
      contact: { value: 'ann@lone.test' },
      included: { customers: [{ id }] },
    });
  });
});
