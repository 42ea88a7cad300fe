/** A site to try one thing on, without a history of chance. */
import { sides, type Side } from '../../src/domain/record';
import { Site } from './engine/site';
import { onClock } from './engine/virtual-time';

export const bob = { firstName: 'Bob', lastName: 'Ce', email: 'bob@firm.test' };

/** A site whose one client is linked, and so is its one contact: of an empty listing nothing follows. */
export async function linkedFirm(act: (site: Site, firm: Readonly<Record<Side, string>>) => Promise<void>) {
  const site = new Site(1);
  await onClock(site.time, async () => {
    const { products } = site;
    const owner = products.create('user', 'teamwork', 'company', { name: 'Owner' }, { scope: 'owner' });
    const firm = { teamwork: '', desk: '' };
    for (const side of sides) {
      firm[side] = products.create('user', side, 'company', { name: 'Firm' }).id;
      products.create('user', side, 'customer', { ...bob, company: firm[side] });
    }
    await site.connect(owner.id);
    await swept(site);
    await act(site, firm);
  });
}

export async function swept(site: Site): Promise<void> {
  site.sweep();
  await site.time.until(site.time.now + 3_600_000, () => !site.isSweeping);
  await site.time.until(site.time.now + 120_000);
}
