/** Mass changes: what passes, what is held, and how an operator's answer is carried out (R26). */
import type { Plan } from '../../../src/domain/plan';
import { agreed, person, updating, writing, type MakeStore, type World } from '../../support/store-world';
import { decide, deleted, linkedCompanies } from './linked-companies';
import { openedFor } from './opened';

export function holdsContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function heldBreaks(count = 5) {
    const world = await opened.world();
    const links = await linkedCompanies(world, count);
    for (const link of links) await decide(world, link, deleted);
    const [hold] = await world.reads.holds(world.site);
    if (hold === undefined) throw new Error('Nothing was held.');
    return { world, links, hold };
  }

  const statuses = (world: World, links: readonly number[]) =>
    Promise.all(
      links
        .map(async (link) => (await world.store.view(world.site, link))?.link)
        .map(async (link) => {
          const found = await link;
          return `${found?.status} ${found?.reason}`;
        }),
    );

  it('R26 breaks above half of the links are held; what passed before stands', async () => {
    const { world, links, hold } = await heldBreaks();
    expect(hold).toMatchObject({ kind: 'company', change: 'break', field: null, count: 3 });
    const waitsIn = async (link = 0) => (await world.store.view(world.site, link))?.hold;
    expect([await waitsIn(links[0]), await waitsIn(links[4])]).toEqual([null, hold.number]);
    expect(await statuses(world, links)).toEqual([
      ...Array<string>(2).fill('broken deleted_in_desk'),
      ...Array<string>(3).fill('held mass_change'),
    ]);
  });

  it('R26 the first matches that edits bring while an InitialSync is under way are its own, and not counted', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 28, false);
    const write = writing(updating('desk', { website: 'new.test' }));
    const outcome = async () => {
      for (const link of links) await decide(world, link, write);
      return (await statuses(world, links)).filter((status) => status === 'held mass_change').length;
    };
    await world.store.setRunState(world.site, world.run, 'running');
    expect(await outcome()).toBe(0);
    await world.store.setRunState(world.site, world.run, 'finished');
    // A sweep announces nothing of what edits bring beside it.
    await world.store.startRun(world.site, 'sweep-1', 'sweep');
    expect(await outcome()).toBe(3);
  });

  it('R26 a held break is not broken by a later sign, and is one member still', async () => {
    const { world, links, hold } = await heldBreaks();
    await decide(world, links[4] ?? 0, deleted);
    expect(await world.reads.holds(world.site)).toEqual([hold]);
    expect((await world.store.view(world.site, links[4] ?? 0))?.link.phase).toBe('active');
  });

  it('R26 approved, each member passes once, and is not counted', async () => {
    const { world, links, hold } = await heldBreaks();
    expect(await world.store.approveHold(world.site, hold.number, hold.version)).toEqual({ done: hold });
    const due = await world.store.claimDue(world.site, null, 10);
    expect(due.map(({ link }) => link).sort()).toEqual(links.slice(2));
    for (const link of links.slice(2)) {
      expect(await decide(world, link, deleted)).toMatchObject({ phase: 'broken' });
    }
    expect(await world.reads.holds(world.site)).toEqual([]);
    expect(await world.store.approveHold(world.site, hold.number, null)).toEqual({ unknown: true });
  });

  it('R26 an approval holds for the exact set: nobody who comes later passes by it', async () => {
    const { world, links, hold } = await heldBreaks(6);
    expect(hold.count).toBe(3);
    const [first = 0] = links.slice(3);
    // It came back before the answer, and goes again after it.
    await decide(world, first, agreed);
    expect(await world.store.approveHold(world.site, hold.number, hold.version)).toMatchObject({
      moved: { count: 2 },
    });
    const [now] = await world.reads.holds(world.site);
    await world.store.approveHold(world.site, hold.number, now?.version ?? 0);
    expect(await decide(world, first, deleted)).toMatchObject({ status: 'held', reason: 'mass_change' });
    expect(await world.reads.holds(world.site)).toMatchObject([{ count: 1 }]);
  });

  it('R26 an approval of one change is none of another', async () => {
    const { world, links, hold } = await heldBreaks();
    await world.store.approveHold(world.site, hold.number, null);
    const inTeamwork: Plan = {
      ...deleted,
      breakAs: { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null },
    };
    expect(await decide(world, links[4] ?? 0, inTeamwork)).toMatchObject({ status: 'held' });
  });

  it('R26 rejected, nothing is done and the link says so until its record moves', async () => {
    const { world, links, hold } = await heldBreaks();
    const last = links[4] ?? 0;
    await world.store.rejectHold(world.site, hold.number, hold.version);
    expect((await world.store.view(world.site, last))?.link).toMatchObject({
      status: 'held',
      reason: 'mass_change_rejected',
    });
    expect(await decide(world, last, deleted)).toMatchObject({
      phase: 'active',
      reason: 'mass_change_rejected',
    });
    expect(await decide(world, last, agreed)).toMatchObject({ status: 'in_sync' });
    expect(await decide(world, last, deleted)).toMatchObject({ status: 'held', reason: 'mass_change' });
  });

  it('R26 rejected, a deletion that is read once more stays so', async () => {
    const { world, links, hold } = await heldBreaks();
    const last = links[4] ?? 0;
    await world.store.rejectHold(world.site, hold.number, hold.version);
    await decide(world, last, { ...agreed, situation: 'gone_to_be_confirmed', readAgain: ['desk'] });
    expect(await decide(world, last, deleted)).toMatchObject({
      phase: 'active',
      reason: 'mass_change_rejected',
    });
  });

  it('R26 a hold that everybody left by themselves is over', async () => {
    const { world, links } = await heldBreaks();
    for (const link of links.slice(2)) await decide(world, link, agreed);
    expect(await world.reads.holds(world.site)).toEqual([]);
  });

  it('R26 a field that both sides are to have anew is one change, passing and held', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 26);
    const website = { website: 'new.test' };
    const plan = writing(updating('teamwork', website), updating('desk', website));
    for (const link of links) await decide(world, link, plan);
    expect(await world.reads.holds(world.site)).toMatchObject([
      { change: 'field_change', field: 'website', count: 1 },
    ]);
  });

  it('R21 R26 the people whom a deletion took are part of its one break', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 6);
    const withCompany: Plan = {
      ...deleted,
      breakAs: { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: 99 },
    };
    for (const link of links) {
      expect(await decide(world, link, withCompany)).toMatchObject({ phase: 'broken' });
    }
  });

  it('R26 one field rewritten on more than 25 records is held, another field is not', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 27);
    const rewritten = (value: string) => writing(updating('desk', { website: value }));
    for (const link of links.slice(0, 25)) await decide(world, link, rewritten('new.test'));
    // The same record once more is the same one record.
    expect(await decide(world, links[0] ?? 0, rewritten('newer.test'))).toMatchObject({ status: 'pending' });
    expect(await decide(world, links[25] ?? 0, rewritten('new.test'))).toMatchObject({ status: 'held' });
    const renamed = writing(updating('desk', { name: 'other' }));
    expect(await decide(world, links[26] ?? 0, renamed)).toMatchObject({ status: 'pending' });
    expect(await world.reads.attention(world.site)).toMatchObject({
      holds: [{ kind: 'company', reason: 'field_change', count: 1 }],
    });
  });

  it('R26 filling in a blank is no mass change', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 27);
    const filled = writing(updating('desk', { email: 'office@acme.test' }));
    for (const link of links) expect(await decide(world, link, filled)).toMatchObject({ status: 'pending' });
  });

  it('R26 a page of decisions is counted like single ones', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 28);
    const views = await Promise.all(links.map((link) => world.store.view(world.site, link)));
    const decisions = views.flatMap((view) =>
      view === null ? [] : [{ view, plan: writing(updating('desk', { website: 'new.test' })) }],
    );
    await world.store.settle(world.site, world.run, decisions);
    expect(await world.reads.holds(world.site)).toMatchObject([{ field: 'website', count: 3 }]);
    expect(await world.dueLinks()).toHaveLength(25);
  });

  it('R26 contacts made under R7 are held above 50; a run and a box announce theirs', async () => {
    const world = await opened.world();
    const creating: Plan = writing({ side: 'teamwork', action: 'create', values: {}, sourceBase: {} });
    const people = Array.from({ length: 52 }, (_, n) => person('desk', String(n + 1), `p${n}@acme.test`));
    await world.survey('desk', 'customer', people);
    await world.settle('customer', 'desk', () => agreed);
    const status = async (n: number) => {
      const { link } = await world.linkOf('customer', 'desk', String(n));
      return (await decide(world, link.number, creating))?.status;
    };
    for (let n = 1; n <= 50; n++) expect(await status(n)).toBe('pending');
    expect(await status(51)).toBe('held');
    const view = await world.linkOf('customer', 'desk', '52');
    const asked = { ...view, link: { ...view.link, asked: 'yes' as const } };
    await world.store.savePlan(world.site, { view: asked, plan: creating });
    expect((await world.linkOf('customer', 'desk', '52')).link.status).toBe('pending');
  });

  it('R26 two at once see the same room once', async () => {
    const world = await opened.world();
    const links = await linkedCompanies(world, 8);
    await Promise.all(links.map((link) => decide(world, link, deleted)));
    expect(await world.reads.holds(world.site)).toMatchObject([{ count: 4 }]);
  });

  it('R22 what remained of a break stands alone, until it is linked anew', async () => {
    const world = await opened.world();
    const [link = 0] = await linkedCompanies(world, 1);
    await decide(world, link, deleted);
    expect((await world.reads.attention(world.site)).alone).toEqual([
      { id: link, kind: 'company', reason: 'deleted_in_desk', count: 1 },
    ]);
  });
}
