/** What a hook answers and what comes of it: the list of deliveries, retries, switching off, slow and dead hooks. */
import { openReceiver } from '../support/hook-receiver';
import type { HookedSandbox } from '../support/hooked-sandbox';
import { openHookedSandbox } from '../support/hooked-sandbox';
import { until } from '../support/until';

let hooked: HookedSandbox;
beforeEach(async () => {
  hooked = await openHookedSandbox();
});
afterEach(() => hooked.close());

test('every call to a hook is listed, oldest first, with the status of its answer', async () => {
  await hooked.deskHook();
  await hooked.companyHook();
  await hooked.customers(1);
  await hooked.listed(1);
  hooked.receiver.replyWith(204);
  await hooked.company();
  expect(await hooked.listed(2)).toMatchObject([
    { id: 1, side: 'desk', event: 'customer.created', status: 200, record: expect.any(Number) as number },
    { id: 2, side: 'teamwork', event: 'COMPANY.CREATED', status: 204, at: expect.any(String) as string },
  ]);
});

describe('answers that count as failures', () => {
  test.each([500, 302, 201])(
    '%i: three retries with the same uuid, then the event is dropped',
    async (status) => {
      await hooked.companyHook();
      await hooked.trouble('teamwork', { retryMs: 1 });
      hooked.receiver.replyWith(status);
      await hooked.company();
      const calls = await hooked.listed(4);
      expect(calls.map((call) => call.status)).toEqual([status, status, status, status]);
      expect(new Set(calls.map(({ uuid }) => uuid)).size).toBe(1);
      expect(hooked.receiver.got.every(({ path }) => path === '/hook')).toBe(true);
      hooked.receiver.replyWith(200);
      await hooked.company();
      expect((await hooked.listed(5))[4]?.uuid).not.toBe(calls[0]?.uuid);
    },
  );

  test('no answer in time is status 0; a retry that is answered ends it', async () => {
    await hooked.deskHook();
    await hooked.trouble('desk', { retryMs: 1, timeoutMs: 200 });
    hooked.receiver.replyWith('silence');
    await hooked.customers(1);
    await hooked.listed(1);
    hooked.receiver.replyWith(200);
    await until(async () => (await hooked.deliveries()).at(-1)?.status === 200);
    expect((await hooked.deliveries())[0]?.status).toBe(0);
  });

  test('nobody listening is status 0', async () => {
    await hooked.receiver.close();
    await hooked.companyHook();
    await hooked.company();
    expect(await hooked.listed(1)).toMatchObject([{ status: 0 }]);
  });

  test('three dropped events switch a Teamwork.com hook off, for good until it is resumed', async () => {
    const id = await hooked.companyHook();
    await hooked.trouble('teamwork', { retryMs: 1 });
    hooked.receiver.replyWith(500);
    const status = async () =>
      ((await hooked.sandbox.get(`/webhooks/${id}.json`)).body as { webhook: { status: string } }).webhook
        .status;
    for (const expected of [4, 8]) {
      await hooked.company();
      await hooked.listed(expected);
    }
    expect(await status()).toBe('ACTIVE');
    await hooked.company();
    await until(async () => (await status()) === 'PAUSED');
    hooked.receiver.replyWith(200);
    await hooked.company();
    await hooked.sandbox.call('PUT', `/webhooks/${id}/resume.json`);
    await hooked.company();
    expect((await hooked.listed(13)).slice(12)).toMatchObject([{ status: 200 }]);
  });

  test('three dropped events make a Desk endpoint inactive, and switched on it starts afresh', async () => {
    const id = await hooked.deskHook();
    await hooked.trouble('desk', { retryMs: 1 });
    hooked.receiver.replyWith(500);
    const path = `/desk/api/v2/webhookendpoints/${id}.json`;
    const state = async () =>
      ((await hooked.sandbox.get(path)).body as { webhookendpoint: { state: string } }).webhookendpoint.state;
    await hooked.customers(3);
    await until(async () => (await state()) === 'inactive');
    await hooked.sandbox.call('PATCH', path, { webhookendpoint: { state: 'active' } });
    await hooked.customers(2);
    await until(async () => (await hooked.deliveries()).length === 20);
    expect(await state()).toBe('active');
  });
});

describe('a slow hook', () => {
  test('holds up neither the others nor the answers, and only so many calls are open at once', async () => {
    const dead = await openReceiver();
    dead.replyWith('silence');
    await hooked.deskHook(dead.url);
    await hooked.deskHook();
    await hooked.customers(40);
    await hooked.receiver.arrived(40);
    expect(dead.mostOpen()).toBeLessThanOrEqual(16);
    expect(dead.got.length).toBeLessThanOrEqual(16);
    await dead.close();
  });

  test('closing the sandbox ends at once, whatever waits or is in flight', async () => {
    hooked.receiver.replyWith('silence');
    await hooked.trouble('desk', { delayMs: 3_600_000 });
    await hooked.trouble('teamwork', { timeoutMs: 3_600_000 });
    await hooked.companyHook();
    await hooked.deskHook();
    await hooked.customers(2);
    await hooked.company();
    await hooked.receiver.arrived(1);
    await hooked.sandbox.close();
    expect(hooked.receiver.got).toHaveLength(1);
  });
});
