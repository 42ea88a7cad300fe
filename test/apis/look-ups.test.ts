/** A look-up by name or email answers all that there is, or fails: whoever asks makes what it does not find (R15). */
import { client, failureOf, json, recordingPermit, serve, type AnswerOf } from './over-http';

const company = { id: 1, name: 'Works', isOwner: false, createdAt: '2025-01-01T00:00:00Z' };
const person = { id: 1, companyId: 9, inOwnerCompany: false, userType: 'contact' };

test.each<['company' | 'customer', AnswerOf]>([
  ['company', json({ companies: [company], meta: { page: { hasMore: true } } })],
  ['customer', json({ people: [person] }, 200, { 'x-pages': '2' })],
])(
  'R15 Teamwork.com: of a %s with more candidates than one page holds nothing is said',
  async (kind, answer) => {
    const server = await serve(answer);
    const error = await failureOf(client('teamwork', server.url).find(recordingPermit(), kind, 'Works'));
    await server.close();
    expect(error.kind).toBe('contract');
  },
);
