/** Postgres alone: a pause that is just being told is waited for, so that nothing begins once it is acknowledged (R30). */
import { besideStore } from '../support/beside-store';
import { aWorld } from '../support/store-world';
import { aCreate } from './store/step-world';

const { opened, ports, query } = besideStore();

/** Begins `work` while the pause is not yet committed. */
async function beside<T>(site: string, work: () => Promise<T>): Promise<T> {
  await query('begin');
  await query('update sites set paused = true where site = $1', [site]);
  const working = work();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await query('commit');
  return working;
}

test('R30 a step', async () => {
  const { world, planId } = await aCreate(ports);
  const start = await beside(world.site, () => world.store.beginStep(world.site, planId, 0));
  expect(start).toEqual({ refused: 'paused' });
});

test('R30 a company to be made in Desk', async () => {
  const { site, operations } = await aWorld(opened());
  const company = { fields: { name: 'Acme' }, domains: [], addAsClient: false };
  const ordered = await operations.orderCompany(site, company);
  const id = 'order' in ordered ? ordered.order : '';
  expect(await beside(site, () => operations.companySent(site, id))).toBe('paused');
});
