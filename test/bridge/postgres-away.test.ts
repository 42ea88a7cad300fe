/** Postgres goes away under a listening bridge: nothing is acknowledged that is not kept, and it comes back by itself. */
import { randomUUID } from 'node:crypto';
import { openBridge, type OpenBridge } from '../support/bridge-over-http';
import { Cuttable, type Passage } from '../support/cuttable';
import { until } from '../support/until';

let bridge: OpenBridge;
let way: Cuttable;

beforeAll(async () => {
  bridge = await openBridge(async (url) => {
    way = await Cuttable.before(new URL(url));
    return Object.assign(new URL(url), { port: String(way.port) }).href;
  });
});
afterAll(async () => {
  way.set('open');
  await bridge.close();
  await way.close();
});

test.each<Passage>(['cut', 'silent'])(
  'B1: with Postgres %s a delivery is answered 503, and kept once when it is sent again',
  async (passage) => {
    const post = { delivery: randomUUID(), body: `{"company":{"id":${passage === 'cut' ? 71 : 72}}}` };
    way.set(passage);
    const answer = await bridge.post(post);
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 5]);
    expect(JSON.stringify(await answer.json())).not.toMatch(/postgres|127\.0\.0\.1|stack/i);
    way.set('open');
    await until(async () => (await bridge.post(post)).status === 200);
    const id = passage === 'cut' ? '71' : '72';
    expect((await bridge.kept()).filter((row) => row.id === id)).toHaveLength(1);
  },
);

test('B1: a wrong signature stays a refusal while Postgres is away', async () => {
  way.set('cut');
  const answer = await bridge.post({ headers: { 'X-Projects-Signature': undefined } });
  expect(answer.status).toBe(401);
  way.set('open');
});
