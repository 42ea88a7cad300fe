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
