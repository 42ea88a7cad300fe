/** A10: a vendor may answer from a copy that lags behind what was read before. */
import type { MakeStore } from '../../support/store-world';
import { company, observed, person } from '../../support/store-world';
import { openedFor } from './opened';

const longAgo = '2020-01-01T00:00:00Z';

export function versionsContract(make: MakeStore): void {
  const opened = openedFor(make);
  const version = (name: string, updatedAt: string | null, readAt: string) =>
    observed('desk', 'company', '7', { name }, { updatedAt, readAt });

  async function recordOf(...observations: ReturnType<typeof version>[]) {
    const world = await opened.world();
    for (const one of observations) await world.store.recordObservation(world.site, one);
    const [view] = await world.undecided('company', 'desk');
    return view?.records.desk;
  }

  it('A10 a version of before the stored one changes nothing', async () => {
    const record = await recordOf(
      version('New', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'),
      version('Old', '2025-12-31T23:59:58Z', '2026-01-01T00:00:30Z'),
    );
    expect(record).toMatchObject({ fields: { name: 'New' }, readAt: '2026-01-01T00:00:01.000000Z' });
  });

  it.each([
    ['an older version, still so after a minute', '2026-01-01T00:00:00Z', '2025-12-31T23:59:58Z', '01:01'],
    ['another value of the same second', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '00:30'],
    ['what comes after a time from the future', '9999-01-01T00:00:00Z', '2026-01-01T00:00:20Z', '00:30'],
    ['what comes after no time', null, '2025-12-31T23:59:58Z', '00:30'],
    ['what has no time', '2026-01-01T00:00:00Z', null, '00:30'],
  ])('A10 %s is how the record is', async (_, knownAt, seenAt, readAt) => {
    const record = await recordOf(
      version('Known', knownAt, '2026-01-01T00:00:01Z'),
      version('Seen', seenAt, `2026-01-01T00:${readAt}Z`),
    );
    expect(record?.fields.name).toBe('Seen');
  });

  it('A10 a link parked after a lagging reading is read again at its time', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.store.recordObservation(world.site, company('desk', '7', 'Acme'));
    const all = await world.dueLinks();
    for (const one of all) await world.store.finishDue(world.site, one);
    await world.store.parkUntil(world.site, link, longAgo, ['desk']);
    const [due] = await world.store.claimDue(world.site, null, 1);
    expect(due).toMatchObject({ link, read: ['desk'] });
  });

  it('R8 R22 a reading that does not tell when a record was made, or its email, leaves both as they are', async () => {
    const world = await opened.world();
    const ada = person('desk', '8', 'a@acme.test');
    await world.store.recordObservation(world.site, ada);
    const fields = { firstName: 'Ida' };
    const readAt = new Date(Date.now() + 1_000).toISOString();
    const partly = observed('desk', 'customer', '8', fields, { createdAt: null, readAt });
    await world.store.recordObservation(world.site, partly);
    const [view] = await world.undecided('customer', 'desk');
    expect(view?.records.desk?.fields).toMatchObject(fields);
    expect(Date.parse(view?.records.desk?.createdAt ?? '')).toBe(Date.parse(ada.createdAt ?? ''));
    expect(await world.reads.resolve(world.site, 'a@acme.test')).toHaveLength(1);
  });
}
