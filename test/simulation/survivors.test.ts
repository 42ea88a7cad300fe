/** A linked Desk customer is gone, and the mirror says that somebody else has the email: by a merge, or not any more (R17). */
import { linkedFirm, swept } from './linked-firm';
import type { Site } from './engine/site';
import type { Row } from './products/rows';

jest.mock('@temporalio/workflow', () => jest.requireActual<object>('./engine/workflow-module'));

const ann = { firstName: 'Ann', lastName: 'Ba', email: 'ann@firm.test' };
const office = 'office@firm.test';
const bea = { firstName: 'Bea', lastName: 'De', email: 'bea@firm.test', alternativeEmails: [office] };

/** Ann is linked; Bea, beside her in Desk, has the office's email too and no contact. */
function besideBea(
  act: (site: Site, people: Readonly<Record<'contact' | 'ann' | 'bea', Row>>) => Promise<void>,
) {
  return linkedFirm(async (site, firm) => {
    const { products } = site;
    const contact = products.create('user', 'teamwork', 'customer', { ...ann, company: firm.teamwork });
    const inDesk = products.create('user', 'desk', 'customer', { ...ann, company: firm.desk });
    const beside = products.create('user', 'desk', 'customer', { ...bea, company: firm.desk });
    await swept(site);
    expect(linkOf(site, contact)).toMatchObject({ phase: 'active', ids: { desk: inDesk.id } });
    await act(site, { contact, ann: inDesk, bea: beside });
  });
}

function linkOf({ rows }: Site, { id }: Row) {
  return [...rows.links.values()].find(({ link }) => link.kind === 'customer' && link.ids.teamwork === id)
    ?.link;
}

async function told(site: Site): Promise<void> {
  site.hooks.send();
  await site.time.until(site.time.now + 120_000);
}

it('R17 R19: who had the email before the deleted one did is no survivor', () =>
  besideBea(async (site, people) => {
    const { products, hooks } = site;
    hooks.lost = 1;
    products.update('user', people.bea, { alternativeEmails: [] });
    hooks.send();
    hooks.lost = 0;
    products.update('user', people.ann, { email: office });
    await told(site);
    products.delete('user', people.ann);
    await told(site);
    await swept(site);
    expect(linkOf(site, people.contact)).toMatchObject({
      phase: 'broken',
      ids: { desk: people.ann.id },
      tombstone: { reason: 'deleted_in_desk' },
    });
    expect(products.get('teamwork', 'customer', people.contact.id)?.fields).toMatchObject({
      ...{ ...ann, email: office },
    });
    expect(products.get('desk', 'customer', people.bea.id)?.fields).toMatchObject({
      ...{ ...bea, alternativeEmails: [] },
    });
  }));

it('R17: who has the email since the merge takes the link over', () =>
  besideBea(async (site, people) => {
    site.products.merge(people.bea, people.ann);
    await told(site);
    expect(linkOf(site, people.contact)).toMatchObject({ phase: 'active', ids: { desk: people.bea.id } });
  }));
