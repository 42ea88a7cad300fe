/** Who comes along when a company is joined again, and who stays what he is (R22, R25). */
import { alone, pairedWith, person, type MakeStore } from '../../support/store-world';
import { deleted, linkAt, linkedPerson, linkedPersonTo, operate, rest, soon } from './operated';
import { openedFor } from './opened';

export function peopleJoinedContract(make: MakeStore): void {
  const opened = openedFor(make);
  const linked = async () => linkedPerson(await opened.world());
  const relink = { verb: 'relink', withPeople: false } as const;
  const restore = { verb: 'restore', withPeople: true } as const;

  it('R22 whose link broke gets none beside the tombstone when the company is linked again', async () => {
    const own = await linked();
    const { world, company, person: link } = own;
    await deleted(own, 'customer', 'desk', link);
    await operate(world, company, { verb: 'unlink' });
    await operate(world, company, relink);
    const rows = await world.reads.resolve(world.site, 'teamwork:3');
    expect(rows.map((row) => [row.link.number, row.link.phase])).toEqual([[link, 'broken']]);
  });

  it('R22 one who is back from the trash, and was made anew meanwhile, does not come along', async () => {
    const own = await linked();
    const { world, company, person: link } = own;
    await deleted(own, 'customer', 'desk', link);
    await operate(world, link, { ...restore, withPeople: false });
    const back = person('desk', '8', 'a@acme.test', { company: '7' });
    await world.store.recordObservation(world.site, { ...back, readAt: soon() });
    await rest(world);
    await deleted(own, 'company', 'teamwork', company);
    expect(await operate(world, company, restore)).toMatchObject({ done: true, people: 0 });
    const rows = await world.reads.resolve(world.site, 'desk:8');
    expect(rows.map((row) => row.link.phase)).toEqual(['broken']);
  });

  it('R25 one whose record another pair holds by now stays, and stops nobody', async () => {
    const own = await linked();
    const { world, company, person: link } = own;
    await deleted(own, 'customer', 'desk', link);
    await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
    await world.settle('customer', 'desk', () => alone);
    const other = await linkedPersonTo(world, '9');
    await deleted(own, 'company', 'teamwork', company);
    expect(await operate(world, company, restore)).toMatchObject({ done: true, people: 0 });
    expect(await linkAt(world, link)).toMatchObject({ phase: 'broken' });
    expect(await linkAt(world, other)).toMatchObject({ phase: 'active', ids: { teamwork: '3', desk: '9' } });
  });

  it.each([
    ['teamwork', '3', '1'],
    ['desk', '8', '7'],
  ] as const)(
    'R25 one who stands in the company in %s, and whose base names none, comes along',
    async (side, id, of) => {
      const world = await opened.world();
      const company = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      for (const [on, one] of [
        ['teamwork', '3'],
        ['desk', '8'],
      ] as const) {
        await world.store.recordObservation(world.site, person(on, one, 'a@acme.test'));
      }
      await world.settle('customer', 'teamwork', () => pairedWith('8', { email: 'a@acme.test' }));
      const { number } = (await world.linkOf('customer', 'desk', '8')).link;
      const own = { world, company, person: number };
      await rest(world);
      await world.store.recordObservation(world.site, person(side, id, 'a@acme.test', { company: of }));
      await deleted(own, 'customer', side === 'desk' ? 'teamwork' : 'desk', number);
      await deleted(own, 'company', 'desk', company);
      expect(await operate(world, company, restore)).toMatchObject({ done: true, people: 1 });
    },
  );

  it('R25 one whose base alone names the company comes along', async () => {
    const own = await linked();
    const { world, company, person: link } = own;
    for (const [side, id] of [
      ['teamwork', '3'],
      ['desk', '8'],
    ] as const) {
      await world.store.recordObservation(world.site, person(side, id, 'a@acme.test'));
    }
    await deleted(own, 'customer', 'desk', link);
    await deleted(own, 'company', 'desk', company);
    expect(await operate(world, company, restore)).toMatchObject({ done: true, people: 1 });
    expect(await linkAt(world, link)).toMatchObject({ phase: 'lone', ids: { teamwork: '3', desk: null } });
  });

  it.each([
    ['teamwork', '3', '1'],
    ['desk', '8', '7'],
  ] as const)('R25 one whose blank in %s was not read yet comes along', async (side, id, of) => {
    const own = await linked();
    const { world, company, person: link } = own;
    await deleted(own, 'company', side, company);
    const { records } = await world.linkOf('customer', side, id);
    expect(records[side]?.fields.company).toBe(of);
    expect(await operate(world, company, restore)).toMatchObject({ done: true, people: 1 });
    const { bases } = await linkAt(world, link);
    expect([bases.teamwork.company, bases.desk.company]).toEqual([undefined, undefined]);
  });

  it.each([
    ['teamwork', '3'],
    ['desk', '8'],
  ] as const)('R25 relinked, a company that went blank in %s is no edit', async (side, id) => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'unlink' });
    await world.store.recordObservation(world.site, person(side, id, 'a@acme.test', { company: '' }));
    await operate(world, link, relink);
    const { bases } = await linkAt(world, link);
    expect([bases.teamwork.company, bases.desk.company]).toEqual([undefined, undefined]);
  });
}
