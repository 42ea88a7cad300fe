/** The world that a history begins with: clients and their people, some of whom Desk knows already. */
import { sides } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { people } from './present';

/** Answers the owner company's id. */
export function seedWorld({ products, random }: Site, isLarge = false): string {
  const owner = products.create('user', 'teamwork', 'company', { name: 'Owner' }, { scope: 'owner' });
  const staff = { firstName: 'Sta', lastName: 'Ff', email: 'staff@owner.test', company: owner.id };
  products.create('user', 'teamwork', 'customer', staff, { scope: 'staff', signsIn: true });
  if (random.chance(0.5)) products.create('user', 'desk', 'customer', { ...staff, company: '' });
  const companies = 2 + random.below(4);
  for (let n = 0; n < companies; n++) {
    const name = `Firm ${n}`;
    const client = products.create('user', 'teamwork', 'company', { name, website: `https://firm${n}.test` });
    const known = random.chance(0.4)
      ? products.create('user', 'desk', 'company', { name: random.chance(0.5) ? name : `${name} Ltd` })
      : null;
    const count = random.below(4);
    for (let person = 0; person < count; person++) {
      const fields = people(10 * n + person);
      const signsIn = random.chance(0.2);
      products.create('user', 'teamwork', 'customer', { ...fields, company: client.id }, { signsIn });
      if (known !== null && random.chance(0.5)) {
        products.create('user', 'desk', 'customer', { ...fields, company: known.id, twitter: `t${n}` });
      }
    }
  }
  if (random.chance(0.5)) {
    const alone = products.create('user', 'desk', 'company', { name: 'Stands alone' });
    products.create('user', 'desk', 'customer', { ...people(299), company: alone.id });
  }
  if (isLarge) seedCrowd(products, 120 + random.below(60));
  return owner.id;
}

/** Many people whom both sides know alike. */
function seedCrowd(products: Site['products'], count: number): void {
  const companies = [0, 1, 2].map((n) => ({
    teamwork: products.create('user', 'teamwork', 'company', { name: `House of ${n}` }).id,
    desk: products.create('user', 'desk', 'company', { name: `House of ${n}` }).id,
  }));
  for (let n = 0; n < count; n++) {
    const fields = {
      firstName: `Ann ${n}`,
      lastName: `Ba ${n}`,
      email: `ann${n}@crowd.test`,
      twitter: `t${n}`,
    };
    for (const side of sides) {
      const company = companies[n % companies.length]?.[side] ?? '';
      products.create('user', side, 'customer', { ...fields, company });
    }
  }
}
