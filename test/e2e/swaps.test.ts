/** Names and emails that change hands between linked people (A50, A51), on the whole stack: links never cross. */
import { otherSide, sides, type Side } from '../../src/domain/record';
import { site } from '../support/lab';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;
let client: Pair;
let people = 0;

beforeAll(async () => {
  watched = await openWatchedLab();
  client = await watched.aClient('Swap Works');
});
afterAll(() => watched.lab.close());

const next = () => `swap${(people += 1)}@swap.example`;
const somebody = (email: string, firstName = 'Swa'): Promise<Pair> =>
  watched.aPerson(client, { firstName, lastName: 'Pper', email });
const linkNow = async (pair: Pair) => (await watched.lab.engine.store.view(site, pair.link))?.link;
const idsOf = async (pair: Pair) => (await linkNow(pair))?.ids;
const stays = (pair: Pair) => ({ teamwork: String(pair.ids.teamwork), desk: String(pair.ids.desk) });

describe.each(sides)('in %s', (from) => {
  const to = otherSide(from);

  async function exchange(one: Pair, two: Pair, emails: readonly [string, string], on: Side) {
    await watched.edit(one, on, { email: next() });
    await watched.edit(two, on, { email: emails[0] });
    await watched.edit(one, on, { email: emails[1] });
  }

  test('R14: two people who exchange their names keep their links, and each name arrives', async () => {
    const [one, two] = [await somebody(next(), 'Ann'), await somebody(next(), 'Bea')];
    await Promise.all([
      watched.edit(one, from, { firstName: 'Bea' }),
      watched.edit(two, from, { firstName: 'Ann' }),
    ]);
    await watched.has(one, to, { firstName: 'Bea' });
    await watched.has(two, to, { firstName: 'Ann' });
    expect([await idsOf(one), await idsOf(two)]).toEqual([stays(one), stays(two)]);
  });

  test('R14, A51: an email given up by one and taken by another arrives at both', async () => {
    const [email, fresh] = [next(), next()];
    const [one, two] = [await somebody(email), await somebody(next())];
    await watched.edit(one, from, { email: fresh });
    await watched.edit(two, from, { email });
    await watched.has(one, to, { email: fresh });
    await watched.has(two, to, { email });
    expect([await idsOf(one), await idsOf(two)]).toEqual([stays(one), stays(two)]);
  });

  test('R15, A50: two who exchange their emails become a question; the same exchange there ends it', async () => {
    const emails = [next(), next()] as const;
    const [one, two] = [await somebody(emails[0]), await somebody(emails[1])];
    await watched.quiet();
    for (const pair of [one, two]) await watched.done(`pause ${pair.link}`);
    await exchange(one, two, emails, from);
    for (const pair of [one, two]) await watched.done(`resume ${pair.link}`);
    for (const pair of [one, two]) await watched.statusBecomes(pair.link, 'question', 'wait_for_each_other');
    expect(await watched.valueOf(one, to, 'email')).toBe(emails[0]);
    expect(await watched.valueOf(two, to, 'email')).toBe(emails[1]);
    // Each is decided anew when the other begins to wait.
    await until(async () => {
      const { questions } = (await watched.cli('attention --json')).json() as {
        questions: readonly { id: number }[];
      };
      return [one, two].every(({ link }) => questions.some(({ id }) => id === link));
    });

    for (const pair of [one, two]) await watched.done(`pause ${pair.link}`);
    await exchange(one, two, emails, to);
    for (const pair of [one, two]) await watched.done(`resume ${pair.link}`);
    for (const pair of [one, two]) await watched.statusBecomes(pair.link, 'in_sync');
    for (const side of sides) {
      await watched.has(one, side, { email: emails[1] });
      await watched.has(two, side, { email: emails[0] });
    }
    expect([await idsOf(one), await idsOf(two)]).toEqual([stays(one), stays(two)]);
  });

  test('R15: refused for an email that is taken, a person goes on as soon as its holder gives it up', async () => {
    const email = next();
    const holder = await somebody(next());
    const pair = await somebody(next());
    await watched.quiet();
    await watched.done(`pause ${holder.link}`);
    await watched.edit(holder, to, { email });
    await watched.edit(pair, from, { email });
    await watched.statusBecomes(pair.link, 'failing', 'taken');
    await watched.edit(holder, to, { email: next() });
    await watched.has(pair, to, { email });
    await watched.statusBecomes(pair.link, 'in_sync');
    await watched.done(`resume ${holder.link}`);
    await until(async () => (await linkNow(holder))?.status === 'in_sync');
  });
});
