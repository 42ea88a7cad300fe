/** Postgres alone: orders of companies to be made in Desk, from the order to the link (R5, R15). */
import { ownStore } from '../support/own-store';
import { aWorld, company } from '../support/store-world';

const opened = ownStore();

async function sent() {
  const { site, operations } = await aWorld(opened());
  const ordered = await operations.orderCompany(site, {
    fields: { name: 'Acme' },
    domains: [],
    addAsClient: false,
  });
  const id = 'order' in ordered ? ordered.order : '';
  expect(await operations.companySent(site, id)).toBe('sent');
  const state = async () => (await operations.companyOrder(site, id)).state;
  return { site, operations, id, state };
}

test.each([false, true])(
  'R15 one that was never made may be sent again; unknown before: %s',
  async (unknown) => {
    const { site, operations, id, state } = await sent();
    if (unknown) await operations.companyUnknown(site, id);
    expect(await state()).toBe(unknown ? 'unknown' : 'sent');
    await operations.companyNotMade(site, id);
    expect(await state()).toBe('ordered');
    expect(await operations.companySent(site, id)).toBe('sent');
  },
);

test('R15 what was made stays made, whoever tells of a refusal or of no effect after it', async () => {
  const { site, operations, id, state } = await sent();
  const link = await operations.companyMade(site, id, company('desk', '7', 'Acme'));
  await operations.companyRefused(site, id, 'refused');
  await operations.companyNotMade(site, id);
  expect(await state()).toBe('confirmed');
  expect(await operations.companyMade(site, id, company('desk', '7', 'Acme'))).toBe(link);
});

test.each(['site', 'company', 'customer'] as const)(
  'R30 nothing is sent while this is paused: %s',
  async (what) => {
    const { site, operations, store } = await aWorld(opened());
    const ordered = await operations.orderCompany(site, {
      fields: { name: 'Acme' },
      domains: [],
      addAsClient: false,
    });
    const id = 'order' in ordered ? ordered.order : '';
    await store.setPaused(site, what, true);
    expect(await operations.companySent(site, id)).toBe(what === 'customer' ? 'sent' : 'paused');
    expect((await operations.companyOrder(site, id)).state).toBe(what === 'customer' ? 'sent' : 'ordered');
  },
);

test.each([
  ['while it may be the one that was ordered', false, 'unchecked'],
  ['after the order was refused', true, null],
] as const)('R5 one of that name that is met in Desk %s', async (_, refused, asked) => {
  const { site, operations, id } = await sent();
  if (refused) await operations.companyRefused(site, id, 'refused');
  const page = { observations: [company('desk', '7', 'Acme')], next: null, total: null, unreadable: [] };
  await opened().store.recordNews(site, 'desk', 'company', page);
  const [row] = await opened().reads.resolve(site, 'desk:7');
  const view = await opened().store.view(site, row?.link.number ?? 0);
  expect(view?.link).toMatchObject({ phase: 'lone', asked });
});

test('R15 one that is told several times at once to be made is told once in its story', async () => {
  const { site, operations, id } = await sent();
  const made = company('desk', '7', 'Acme');
  const links = await Promise.all([1, 2, 3, 4].map(() => operations.companyMade(site, id, made)));
  expect(new Set(links).size).toBe(1);
  const told = await opened().reads.timeline(site, links[0] ?? 0, 100);
  expect(told.map(({ event }) => event)).toEqual(['created']);
});
