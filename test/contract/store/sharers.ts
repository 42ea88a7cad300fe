/** An email beside the first that another person has is left out, and synced once it is that person's no more (R8). */
import type { Observation } from '../../../src/domain/record';
import { alone, pairedWith, person, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';

const shared = 'also@acme.test';
const inOneSecond = () => new Date(Date.now() + 1_000).toISOString();
const later = (observation: Observation): Observation => ({ ...observation, readAt: inOneSecond() });

/** Ada's pair 1 = 5, whose email beside is that of Desk's 6. Answers the link's number. */
async function aSharer(world: World): Promise<number> {
  await world.survey('teamwork', 'customer', [person('teamwork', '1', 'ada@acme.test')]);
  await world.survey('desk', 'customer', [
    person('desk', '5', 'ada@acme.test', { alternativeEmails: [shared] }),
    person('desk', '6', shared),
  ]);
  const noted = { field: 'alternativeEmails', reason: 'email_of_another_person' } as const;
  await world.settle('customer', 'teamwork', () => ({ ...pairedWith('5'), notes: [noted] }));
  await world.settle('customer', 'desk', () => alone);
  expect(await world.dueLinks()).toEqual([]);
  return (await world.linkOf('customer', 'teamwork', '1')).link.number;
}

export function sharersContract(make: MakeStore): void {
  const opened = openedFor(make);
  const freed: readonly (readonly [string, (world: World) => Promise<void>])[] = [
    ['is gone', ({ store, site }) => store.recordGone(site, 'desk', 'customer', '6', inOneSecond())],
    [
      'is read as deleted',
      ({ store, site }) =>
        store.recordObservation(site, later({ ...person('desk', '6', shared), deleted: true })),
    ],
    [
      'has another email',
      ({ store, site }) => store.recordObservation(site, later(person('desk', '6', 'eve@acme.test'))),
    ],
  ];

  it.each(freed)('R8 who kept an email of one who %s is decided anew', async (_, free) => {
    const world = await opened.world();
    const number = await aSharer(world);
    await free(world);
    expect(await world.dueLinks()).toContain(number);
  });

  it('R8 … and so is one of Teamwork.com', async () => {
    const world = await opened.world();
    const [ada, other] = ['ada@acme.test', person('teamwork', '2', shared)];
    const beside = person('teamwork', '1', ada, { alternativeEmails: [shared] });
    await world.survey('teamwork', 'customer', [beside, other]);
    await world.survey('desk', 'customer', [person('desk', '5', ada)]);
    const noted = { field: 'alternativeEmails', reason: 'email_of_another_person' } as const;
    await world.settle('customer', 'teamwork', ({ link }) =>
      link.ids.teamwork === '1' ? { ...pairedWith('5'), notes: [noted] } : alone,
    );
    await world.store.recordGone(world.site, 'teamwork', 'customer', '2', inOneSecond());
    const { link } = await world.linkOf('customer', 'desk', '5');
    expect(await world.dueLinks()).toEqual([link.number]);
  });

  it('R8 one who is shown as deleted holds no email of anybody', async () => {
    const world = await opened.world();
    await aSharer(world);
    const others = async () => (await world.linkOf('customer', 'teamwork', '1')).emailsOfOthers;
    expect(await others()).toEqual([shared]);
    const deleted = later({ ...person('desk', '6', shared), deleted: true });
    const own = later(person('desk', '5', 'ada@acme.test', { alternativeEmails: [shared] }));
    await world.survey('desk', 'customer', [own, deleted]);
    expect(await others()).toEqual([]);
  });

  it('R8 and is left in peace while that one only changes otherwise', async () => {
    const world = await opened.world();
    const number = await aSharer(world);
    const renamed = person('desk', '6', shared, { lastName: 'Other' });
    await world.store.recordObservation(world.site, later(renamed));
    expect(await world.dueLinks()).not.toContain(number);
  });
}
