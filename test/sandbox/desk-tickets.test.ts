import { customerFromTicket, mergeCustomers } from '../../src/sandbox/desk/customers';
import { openDesk } from '../support/desk-over-http';
import type { Desk } from '../support/desk-over-http';

describe('Desk tickets and merges of the sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.close());

  const read = async (id: number) => (await desk.call('GET', `/customers/${id}.json?includes=contacts`)).body;

  test('a ticket makes a customer that nobody made, matched by its domain', async () => {
    const company = await desk.company('Harrow', 'harrow.test');
    const { id } = customerFromTicket(desk.ctx.world, { email: 'ann@harrow.test', name: ' Ann  van Dyke' });
    expect(await read(id)).toMatchObject({
      customer: {
        firstName: 'Ann',
        lastName: 'van Dyke',
        email: 'ann@harrow.test',
        numTickets: 1,
        createdBy: null,
        addMethod: 'auto',
        company: { id: company },
      },
    });
  });

  test('a ticket from a known email, alternative and in any case, joins its customer', async () => {
    const id = await desk.customer('ann@lone.test', {
      included: { contacts: [{ value: 'ann@lone.test', isMain: true }, { value: 'ann.b@lone.test' }] },
    });
    expect(customerFromTicket(desk.ctx.world, { email: 'Ann.B@lone.test' })).toMatchObject({
      id,
      numTickets: 1,
    });
    expect(() => customerFromTicket(desk.ctx.world, { email: 'nobody' })).toThrow('refused with 400');
  });

  test("R17 a merge gives the secondary's emails to the primary as alternatives, three at most", async () => {
    const contacts = ['1', '2', '3'].map((n) => ({
      type: 'email',
      value: `${n}@two.test`,
      isMain: n === '1',
    }));
    const primary = await desk.customer('ann@one.test', {
      customer: { email: 'ann@one.test' },
      included: { contacts: [{ value: 'a@one.test' }] },
    });
    const secondary = await desk.customer('', {
      customer: { firstName: 'Ann', notes: 'late payer' },
      included: { contacts },
    });
    mergeCustomers(desk.ctx.world, primary, secondary);
    expect(await read(primary)).toMatchObject({
      customer: { firstName: 'Ann', notes: 'late payer', email: 'ann@one.test' },
      included: {
        contacts: [
          { value: 'a@one.test', isMain: false },
          { value: 'ann@one.test', isMain: true },
          { value: '1@two.test', isMain: false },
          { value: '2@two.test', isMain: false },
        ],
      },
    });
    expect((await desk.call('GET', `/customers/${secondary}.json`)).status).toBe(404);
    expect(await desk.ids('customers', { filter: '{"contacts.value":"1@two.test"}' })).toEqual([primary]);
  });

  test('a merge with itself or with nobody is refused', async () => {
    const id = await desk.customer('ann@one.test');
    expect(() => mergeCustomers(desk.ctx.world, id, id)).toThrow('refused with 400');
    expect(() => mergeCustomers(desk.ctx.world, id, 9)).toThrow('refused with 404');
  });
});
