/** R27: a write says that nobody is to be invited or welcomed; what the vendors do unasked is not relied on. */
import { client, json, recordingPermit, serve } from './over-http';

const values = { firstName: 'Ann', lastName: 'Ba', email: 'ann@x.test', company: '9' };

test('R27 a customer is made in Desk with the word that no welcome email goes out', async () => {
  const server = await serve(json({ customer: { id: 7 } }));
  await client('desk', server.url).create(recordingPermit(), 'customer', values);
  await server.close();
  expect(server.requests[0]?.body).toMatchObject({ customer: { sendWelcomeEmail: false } });
});

test('R27 a person is made and written in Teamwork.com uninvited, and made as a contact', async () => {
  const server = await serve(json({ id: '7', STATUS: 'OK' }));
  const api = client('teamwork', server.url);
  await api.create(recordingPermit(), 'customer', values);
  await api.update(recordingPermit(), 'customer', '7', { email: 'ann@y.test' });
  await server.close();
  const uninvited = { sendInvite: false, sendWelcomeEmail: false };
  expect(server.requests.map(({ body }) => body)).toMatchObject([
    { person: { ...uninvited, 'user-type': 'contact' } },
    { person: uninvited },
  ]);
});
