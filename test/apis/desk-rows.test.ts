/** Desk's customers from hell: emails and social handles in rows beside the record, some of them deleted (R8, R9). */
import type { Fields } from '../../src/domain/record';
import { client, failureOf, json, recordingPermit, serve, type Told } from './over-http';

let server: Told;
afterEach(() => server.close());

const customer = { id: 7, firstName: 'Ann', lastName: 'Ba', email: 'ann@ba.test', state: 'active' };

/** The values that are read of a customer with these rows. */
async function readWith(
  rows: readonly Readonly<Record<string, unknown>>[],
  more: object = {},
): Promise<Fields> {
  const contacts = rows.map((row, at) => ({ id: at + 1, state: 'active', ...row }));
  const references = contacts.map(({ id }) => ({ id, type: 'contacts' }));
  server = await serve(
    json({ customer: { ...customer, contacts: references, ...more }, included: { contacts } }),
  );
  return (await client('desk', server.url).read(recordingPermit(), 'customer', '7')).fields;
}

const main = { type: 'email', value: 'ann@ba.test', isMain: true };

test('R8 an email whose row is deleted is none, and is not put back', async () => {
  const rows = [
    main,
    { type: 'email', value: 'left@ba.test', isMain: false, state: 'deleted' },
    { type: 'email', value: 'kept@ba.test', isMain: false },
  ];
  expect(await readWith(rows)).toMatchObject({ email: 'ann@ba.test', alternativeEmails: ['kept@ba.test'] });
});

test('R8 emails of which a row is not shown are unread, not blank', async () => {
  const contacts = [{ id: 99, type: 'contacts' }];
  expect(await readWith([], { contacts })).not.toHaveProperty('alternativeEmails');
});

test('R8 a social handle is the record’s own, or that of a row where the own one is blank', async () => {
  const rows = [
    main,
    { type: 'twitter', value: '@row' },
    { type: 'linkedin', value: 'in/gone', state: 'deleted' },
  ];
  expect(await readWith(rows, { twitterHandle: '', linkedinURL: '', facebookURL: 'fb/own' })).toMatchObject({
    ...{ twitter: '@row', linkedin: '', facebook: 'fb/own' },
  });
  await server.close();
  expect(await readWith(rows, { twitterHandle: '@own' })).toMatchObject({ twitter: '@own', facebook: '' });
});

test.each(['email', 'company'] as const)(
  'R9 a blank %s is not sent to a customer, who keeps it',
  async (field) => {
    server = await serve(json({ customer }));
    const preparation = { emailRows: [{ id: '1', value: 'ann@ba.test', isMain: true }] };
    const error = await failureOf(
      client('desk', server.url).update(recordingPermit(), 'customer', '7', { [field]: '' }, preparation),
    );
    expect([error.kind, error.facts.refusedFields, server.requests]).toEqual(['invalid', [field], []]);
  },
);
