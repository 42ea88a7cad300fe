/** Postgres alone: what a run linked and is linked still, which is all that can be undone of it (R3, R22). */
import { ownStore } from '../support/own-store';
import { aWorld } from '../support/store-world';

const opened = ownStore();

test('R22 what was broken since is none of it, and pages have no gap', async () => {
  const world = await aWorld(opened());
  const { site, run, reads } = world;
  const links = [
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' }),
    await world.linkedCompany('Beta', { teamwork: '2', desk: '8' }),
    await world.linkedCompany('Gamma', { teamwork: '3', desk: '9' }),
  ];
  const page = async (after: number, limit: number) =>
    (await reads.runLinks(site, run, after, limit)).map(({ link, did }) => [link.number, did]);
  const [first = 0, second = 0, third = 0] = links;
  expect(await page(0, 2)).toEqual([
    [first, 'linked'],
    [second, 'linked'],
  ]);
  expect(await page(second, 2)).toEqual([[third, 'linked']]);
  await opened().operations.operate(site, second, { verb: 'unlink' }, 'unlinked');
  expect(await page(0, 2)).toEqual([
    [first, 'linked'],
    [third, 'linked'],
  ]);
  const counts = await reads.runLinkCounts(site, run);
  expect(counts.company).toEqual({ linked: 2, created: 0 });
  expect(await reads.runLinks(site, 'another', 0, 10)).toEqual([]);
});
