/** Troubles on the way to the hooks: lost, doubled, late and shuffled deliveries, faults, and sending again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookedSandbox } from '../support/hooked-sandbox';
import { CUSTOMERS, openHookedSandbox } from '../support/hooked-sandbox';

let hooked: HookedSandbox;
beforeEach(async () => {
  hooked = await openHookedSandbox();
});
afterEach(() => hooked.close());

describe('troubles', () => {
  test('drop loses them: never sent, listed as dropped, and sent after all by redeliver', async () => {
    await hooked.deskHook();
    await hooked.trouble('desk', { drop: 1 });
    await hooked.customers(2);
    const lost = await hooked.listed(2);
    expect(lost.map(({ status }) => status)).toEqual(['dropped', 'dropped']);
    await hooked.trouble('desk', {});
    await hooked.customers(1);
    await hooked.receiver.arrived(1);
    const again = await hooked.sandbox.control('/redeliver', { id: lost[0]?.id });
    expect([again.status, again.body]).toMatchObject([
      200,
      { delivery: { uuid: lost[0]?.uuid, status: 200 } },
    ]);
    expect(hooked.receiver.got.map(({ uuid }) => uuid)[1]).toBe(lost[0]?.uuid);
    expect(hooked.names()).toEqual(['1', '1']);
  });

  test('duplicate sends twice under one uuid, a line each', async () => {
    await hooked.deskHook();
    await hooked.trouble('desk', { duplicate: 1 });
    await hooked.customers(3);
    const calls = await hooked.listed(6);
    expect(new Set(calls.map(({ uuid }) => uuid)).size).toBe(3);
    expect(hooked.names().sort()).toEqual(['1', '1', '2', '2', '3', '3']);
  });

  test('delayMs sends later, shuffle out of order', async () => {
    await hooked.deskHook();
    await hooked.companyHook();
    await hooked.trouble('desk', { delayMs: 3_600_000 });
    await hooked.customers(1);
    await hooked.company();
    await hooked.receiver.arrived(1);
    expect(hooked.receiver.got.map(({ event }) => event)).toEqual(['COMPANY.CREATED']);
    hooked.receiver.got.length = 0;
    await hooked.trouble('desk', { delayMs: 50 });
    await hooked.customers(3);
    await hooked.receiver.arrived(3);
    // Several are under way at a time, so the last steps decide who arrives first.
    expect(hooked.names().sort()).toEqual(['1', '2', '3']);

    hooked.receiver.got.length = 0;
    await hooked.trouble('desk', { shuffle: 1 });
    await hooked.customers(10);
    await hooked.receiver.arrived(10);
    expect(hooked.names()).not.toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(new Set(hooked.names()).size).toBe(10);
  });

  test('one side only, by a seeded chance', async () => {
    const fates = async () => {
      await hooked.sandbox.control('/reset', { seed: 5, companies: 0, people: 0, scenario: 'empty-desk' });
      await hooked.trouble('desk', { drop: 0.5 });
      await hooked.deskHook();
      await hooked.companyHook();
      await hooked.customers(12);
      await hooked.company();
      const all = await hooked.listed(13);
      const byRecord = all.filter(({ side }) => side === 'desk').sort((a, b) => a.record - b.record);
      expect(all.find(({ side }) => side === 'teamwork')?.status).toBe(200);
      return byRecord.map(({ status }) => status);
    };
    const first = await fates();
    expect(new Set(first)).toEqual(new Set([200, 'dropped']));
    expect(await fates()).toEqual(first);
  });

  test('faults: a write cut off after its effect is told, one refused before is not', async () => {
    await hooked.deskHook();
    await hooked.sandbox.control('/faults', {
      side: 'desk',
      kind: 'status',
      status: 500,
      method: 'POST',
      times: 1,
    });
    expect(
      (await hooked.sandbox.post(CUSTOMERS, { customer: { email: 'a@lone.test', firstName: 'no' } })).status,
    ).toBe(500);
    await hooked.sandbox.control('/faults', { side: 'desk', kind: 'reset_after', method: 'POST', times: 1 });
    await expect(
      hooked.sandbox.post(CUSTOMERS, { customer: { email: 'b@lone.test', firstName: 'cut' } }),
    ).rejects.toThrow();
    await hooked.customers(1);
    await hooked.receiver.arrived(2);
    expect(hooked.names()).toEqual(['cut', '1']);
  });
});

describe('sending again', () => {
  test('the same body and uuid, whatever the troubles and the state of the hook', async () => {
    const id = await hooked.companyHook();
    await hooked.company();
    const [first] = await hooked.listed(1);
    await hooked.trouble('teamwork', { drop: 1, delayMs: 3_600_000 });
    await hooked.sandbox.call('PUT', `/webhooks/${id}/pause.json`);
    const again = await hooked.sandbox.control('/redeliver', { id: first?.id });
    expect(again.body).toMatchObject({ delivery: { id: 2, uuid: first?.uuid, status: 200 } });
    expect(hooked.receiver.got[1]?.raw).toEqual(hooked.receiver.got[0]?.raw);
    await hooked.sandbox.call('DELETE', `/webhooks/${id}.json`);
    expect((await hooked.sandbox.control('/redeliver', { id: first?.id })).status).toBe(409);
  });

  test('a failure of it is not tried again and costs the hook nothing', async () => {
    await hooked.companyHook();
    await hooked.trouble('teamwork', { retryMs: 1 });
    await hooked.company();
    await hooked.listed(1);
    hooked.receiver.replyWith(500);
    for (let n = 0; n < 4; n += 1) await hooked.sandbox.control('/redeliver', { id: 1 });
    hooked.receiver.replyWith(200);
    await hooked.company();
    expect((await hooked.listed(6)).map(({ status }) => status)).toEqual([200, 500, 500, 500, 500, 200]);
  });

  test('after a restart too; a reset forgets all but the number reached', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-hooks-'));
    const size = { seed: 1, companies: 0, people: 0, scenario: 'empty-desk' } as const;
    const killed = await openHookedSandbox({ dataDir, size });
    await killed.deskHook();
    await killed.customers(1);
    const before = await killed.listed(1);
    // Another process opens the directory while the first has not been closed: as after a kill.
    const next = await openHookedSandbox({ dataDir, size });
    expect(await next.deliveries()).toEqual(before);
    expect((await next.sandbox.control('/redeliver', { id: 1 })).status).toBe(200);
    expect(killed.receiver.got.map(({ uuid }) => uuid)).toEqual([before[0]?.uuid, before[0]?.uuid]);
    await next.sandbox.control('/reset', size);
    expect(await next.deliveries()).toEqual([]);
    await next.deskHook();
    await next.customers(1);
    expect(await next.listed(1)).toMatchObject([{ id: 3, status: 200 }]);
    await killed.close();
    await next.close();
    rmSync(dataDir, { recursive: true });
  });
});
