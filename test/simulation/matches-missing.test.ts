/** All that is known of a lone record is that a listing lacks it; then its counterpart comes on the other side (R23). */
import { bob, linkedFirm, swept } from './linked-firm';

jest.mock('@temporalio/workflow', () => jest.requireActual<object>('./engine/workflow-module'));

const acme = { name: 'Acme' };
const ann = { firstName: 'Ann', lastName: 'Ba', email: 'ann@firm.test' };

it('R4: a client of the name of a Desk company that was deleted appears in Desk', () =>
  linkedFirm(async (site) => {
    const { products } = site;
    const alone = products.create('user', 'desk', 'company', acme);
    await swept(site);
    products.delete('user', alone);
    await swept(site);
    products.create('user', 'teamwork', 'company', acme);
    await swept(site);
    const named = products.live('desk', 'company').filter(({ fields }) => fields.name === acme.name);
    expect(named).toMatchObject([{ createdBy: '901' }]);
  }));

it('R3: a contact with the email of a customer who was deleted appears in Desk', () =>
  linkedFirm(async (site, firm) => {
    const { products } = site;
    const alone = products.create('user', 'desk', 'customer', { ...ann, company: firm.desk });
    await swept(site);
    products.delete('user', alone);
    await swept(site);
    products.create('user', 'teamwork', 'customer', { ...ann, company: firm.teamwork });
    await swept(site);
    const people = products
      .live('desk', 'customer')
      .map(({ fields, createdBy }) => [fields.email, createdBy]);
    expect(people).toEqual([
      [bob.email, '5'],
      [ann.email, '901'],
    ]);
  }));

it('R14: one that is there all the same is linked, and nobody is doubled', () =>
  linkedFirm(async (site) => {
    const { products } = site;
    const alone = products.create('user', 'desk', 'company', acme);
    await swept(site);
    const key = `company desk ${alone.id}`;
    const mirrored = site.rows.records.get(key);
    if (mirrored === undefined) throw new Error('The mirror does not know it.');
    site.rows.records.put(key, { ...mirrored, record: { ...mirrored.record, presence: 'missing' } });
    const client = products.create('user', 'teamwork', 'company', acme);
    site.hooks.send();
    await site.time.until(site.time.now + 120_000);
    await swept(site);
    const active = [...site.rows.links.values()].filter(({ link }) => link.phase === 'active');
    expect(active.map(({ link }) => link.ids)).toContainEqual({ teamwork: client.id, desk: alone.id });
    expect(site.engineChanges()).toEqual([]);
  }));
