/** Which mass change an approval is for, and what counts together (R26). */
import type { Plan } from '../../../src/domain/plan';
import { agreed, pairedWith, person, updating, writing, type MakeStore } from '../../support/store-world';
import { decide, deleted, linkedCompanies } from './linked-companies';
import { openedFor } from './opened';

export function holdsKeptContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function heldBreaks(count: number) {
    const world = await opened.world();
    const links = await linkedCompanies(world, count);
    for (const link of links) await decide(world, link, deleted);
    const [hold] = await world.reads.holds(world.site);
    if (hold === undefined) throw new Error('Nothing was held.');
    return { world, hold, last: links.at(-1) ?? 0 };
  }

  it('R26 who comes after the approval does not pass by it, however often it is decided', async () => {
    const { world, hold, last } = await heldBreaks(6);
    await decide(world, last, agreed);
    await world.store.approveHold(world.site, hold.number, null);
    for (const _ of [1, 2]) expect(await decide(world, last, deleted)).toMatchObject({ status: 'held' });
  });

  it('R26 an approval is for what its members wait for by now, and is seen to have moved', async () => {
    const { world, hold, last } = await heldBreaks(5);
    const breakAs = { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null } as const;
    const inTeamwork: Plan = { ...deleted, breakAs };
    await decide(world, last, inTeamwork);
    expect(await world.store.approveHold(world.site, hold.number, hold.version)).toHaveProperty('moved');
    await world.store.approveHold(world.site, hold.number, null);
    expect(await decide(world, last, inTeamwork)).toMatchObject({ phase: 'broken' });
  });

  it('R26 a record of which one field passed has no room for another', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 26);
    const last = links.at(-1) ?? 0;
    expect(await decide(world, last, writing(updating('desk', { website: 'new.test' })))).toMatchObject({
      status: 'pending',
    });
    const renamed = writing(updating('desk', { name: 'New' }));
    for (const link of links.slice(0, 25)) {
      expect(await decide(world, link, renamed)).toMatchObject({ status: 'pending' });
    }
    expect(await decide(world, last, renamed)).toMatchObject({ status: 'held' });
  });

  it('R26 what a run creates is not counted either where one of its turns decides it', async () => {
    const world = await opened.world();
    const creating = writing({ side: 'teamwork', action: 'create', values: {}, sourceBase: {} });
    const people = Array.from({ length: 52 }, (_, n) => person('desk', String(n + 1), `p${n}@acme.test`));
    await world.survey('desk', 'customer', people);
    const toBeRead: Plan = { ...agreed, status: 'pending', readAgain: ['desk'] };
    await world.settle('customer', 'desk', ({ link }) => (link.ids.desk === '51' ? toBeRead : agreed));
    const status = async (n: number) => {
      const { link } = await world.linkOf('customer', 'desk', String(n));
      return (await decide(world, link.number, creating))?.status;
    };
    for (let n = 1; n <= 50; n++) expect(await status(n)).toBe('pending');
    expect([await status(51), await status(52)]).toEqual(['pending', 'held']);
  });

  it('R26 linked people make no room for breaks of companies', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 5);
    const ids = Array.from({ length: 20 }, (_, n) => String(n + 1));
    for (const side of ['teamwork', 'desk'] as const) {
      await world.survey(
        side,
        'customer',
        ids.map((id) => person(side, id, `p${id}@x.test`)),
      );
    }
    await world.settle('customer', 'teamwork', ({ link }) => pairedWith(link.ids.teamwork ?? ''));
    for (const link of links) await decide(world, link, deleted);
    expect(await world.reads.holds(world.site)).toMatchObject([{ kind: 'company', count: 3 }]);
  });

  it('R26 breaks of companies leave the room of people’s as it is', async () => {
    const { world } = await heldBreaks(5);
    for (const side of ['teamwork', 'desk'] as const) {
      await world.survey(side, 'customer', [person(side, '3', 'a@x.test'), person(side, '4', 'b@x.test')]);
    }
    await world.settle('customer', 'teamwork', ({ link }) => pairedWith(link.ids.teamwork ?? ''));
    const { link } = await world.linkOf('customer', 'desk', '3');
    expect(await decide(world, link.number, deleted)).toMatchObject({ phase: 'broken' });
  });
}
