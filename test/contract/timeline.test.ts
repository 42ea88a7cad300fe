/** Postgres alone: a link's story, from what hooks told to the runs that wrote. */
import { workflowAtWork } from '../../src/store/workflow-at-work';
import { ownStore } from '../support/own-store';
import { aWorld, pauseOf } from '../support/store-world';

const opened = ownStore();

async function aLinkedCompany() {
  const world = await aWorld(opened());
  const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
  const tell = (side: 'teamwork' | 'desk', kind: 'company' | 'customer', id: string) =>
    world.store.keepDeliveries(world.site, [
      {
        side,
        delivery: `${side} ${kind} ${id}`,
        event: `${kind}.updated`,
        about: { kind, id, news: 'changed' },
        bodyHash: 'x',
      },
    ]);
  return { ...world, link, tell, story: (limit = 10) => world.reads.timeline(world.site, link, limit) };
}

test('what hooks told of either record stands where it came in, and nothing that they told of others', async () => {
  const { site, store, link, tell, story } = await aLinkedCompany();
  await tell('teamwork', 'company', '1');
  await store.dispatchDeliveries(site, 10);
  await store.setPaused(site, pauseOf('link', link), true);
  await tell('desk', 'company', '7');
  await tell('desk', 'customer', '7');
  await tell('teamwork', 'company', '7');
  expect(
    (await story()).map(({ event, side, detail }) => [event, side, detail.hook, detail.outcome]),
  ).toEqual([
    ['told_by_hook', 'desk', 'company.updated', 'waiting'],
    ['paused', null, undefined, undefined],
    ['told_by_hook', 'teamwork', 'company.updated', 'dispatched'],
    ['linked', null, undefined, undefined],
  ]);
  expect(await story(2)).toHaveLength(2);
});

test('an entry names the Temporal run that wrote it, and none where none did', async () => {
  const { site, store, link, story } = await aLinkedCompany();
  const workflow = { id: `${site}/company/${link}`, run: 'a-run' };
  await workflowAtWork.run(workflow, () => store.setPaused(site, pauseOf('link', link), true));
  expect((await story()).map((entry) => [entry.event, entry.workflow])).toEqual([
    ['paused', workflow],
    ['linked', null],
  ]);
});
