/** The right to call: never more than the limit in any minute, whoever asks, and never against a pause. */
import type { BudgetRequest, Permit, RateSignal } from '../../../src/ports/budget';
import type { Side } from '../../../src/domain/record';
import { company, pauseOf, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';

const quiet: RateSignal = { limitPerMinute: null, remaining: null, waitMs: null, refused: false };

export function budgetContract(make: MakeStore): void {
  const opened = openedFor(make);

  function asking(world: World, more: Partial<BudgetRequest> = {}): BudgetRequest {
    return { site: world.site, side: 'desk', priority: 1, patienceMs: 0, write: null, run: null, ...more };
  }

  async function permit(world: World, more: Partial<BudgetRequest> = {}): Promise<Permit> {
    const answer = await world.budget.take(asking(world, more));
    if (!('granted' in answer)) throw new Error(`Not granted: ${JSON.stringify(answer)}.`);
    return answer.granted;
  }

  async function withLimit(limitPerMinute: number): Promise<World> {
    const world = await opened.world();
    await (await permit(world)).answered({ ...quiet, limitPerMinute });
    // That call counts as the limit before had it, half a second: waits for the other side are as long.
    await drained(world, { side: 'teamwork' });
    for (let wait = 0; wait < 2; wait++) await permit(world, { side: 'teamwork', patienceMs: 2_000 });
    return world;
  }

  /** Takes until nothing is granted at once. */
  async function drained(world: World, more: Partial<BudgetRequest> = {}): Promise<number> {
    for (let granted = 0; ; granted++) {
      if (!('granted' in (await world.budget.take(asking(world, more))))) return granted;
    }
  }

  it('I19 of calls that many ask for at once, no window holds more than its share of the minute', async () => {
    const perMinute = 600;
    const world = await withLimit(perMinute);
    const askers = Array.from({ length: 6 }, async () => {
      const times: number[] = [];
      for (let call = 0; call < 6; call++) {
        times.push(Date.parse((await permit(world, { patienceMs: 5_000 })).grantedAt));
      }
      return times;
    });
    const times = (await Promise.all(askers)).flat().sort((one, other) => one - other);
    const burst = perMinute / 120;
    const spacingMs = 60_250 / (perMinute - burst + 1);
    const tooMany = times.flatMap((start, first) =>
      times.slice(first).filter((end, among) => among + 1 > burst + (end - start + 2) / spacingMs),
    );
    expect(times).toHaveLength(36);
    expect(tooMany).toEqual([]);
  });

  it('says how long to stay away when there is no token', async () => {
    const world = await opened.world();
    await drained(world);
    const answer = await world.budget.take(asking(world));
    expect('waitMs' in answer && answer.waitMs).toBeGreaterThan(0);
  });

  it('each side of a site, and each site, has a budget of its own', async () => {
    const [world, other] = [await opened.world(), await opened.world()];
    await drained(world);
    await expect(permit(world, { side: 'teamwork' })).resolves.toBeDefined();
    await expect(permit(other)).resolves.toBeDefined();
  });

  it('InitialSync and sweeps leave two tokens standing for live edits', async () => {
    const world = await withLimit(6);
    await drained(world, { priority: 4 });
    expect(await drained(world, { priority: 1 })).toBe(2);
  });

  it('polls and operators leave one token standing for live edits', async () => {
    const world = await withLimit(6);
    await drained(world, { priority: 2 });
    expect(await drained(world, { priority: 1 })).toBe(1);
  });

  it.each<[Side, number]>([
    ['desk', 120],
    ['teamwork', 150],
  ])('%s is given %i calls a minute until it tells its limit', async (side, limit) => {
    const world = await opened.world();
    expect((await world.reads.budgets(world.site))[side].limitPerMinute).toBe(limit);
    await (await permit(world, { side })).answered({ ...quiet, limitPerMinute: 30 });
    expect((await world.reads.budgets(world.site))[side].limitPerMinute).toBe(30);
  });

  it("takes the site's share of the vendor's limit", async () => {
    const world = await withLimit(300);
    await world.store.changeSettings(world.site, { budgetShare: 0.1 });
    expect((await world.reads.budgets(world.site)).desk.limitPerMinute).toBe(30);
  });

  it('counts what was used in the last minute, refused calls too', async () => {
    const world = await opened.world();
    await (await permit(world)).answered({ ...quiet, refused: true, waitMs: 1 });
    expect((await world.reads.budgets(world.site)).desk.usedLastMinute).toBe(1);
  });

  it('a refusal keeps every process away for as long as the vendor asks', async () => {
    const other = await make();
    const world = await withLimit(6_000);
    await (await permit(world)).answered({ ...quiet, refused: true, waitMs: 30_000 });
    const answer = await other.budget.take(asking(world));
    expect('waitMs' in answer && answer.waitMs).toBeGreaterThan(15_000);
    await other.close();
  });

  it('others use the same key: no more than the vendor says is left', async () => {
    const world = await withLimit(1_200);
    await (await permit(world)).answered({ ...quiet, limitPerMinute: 1_200, remaining: 4 });
    expect(await drained(world)).toBe(4);
  });

  it('what we used ourselves is no sign of others', async () => {
    const world = await withLimit(1_200);
    const used = await drained(world);
    expect(used).toBeGreaterThan(4);
    const waited = await permit(world, { patienceMs: 2_000 });
    await waited.answered({ ...quiet, limitPerMinute: 1_200, remaining: 1_200 - used - 3 });
    await expect(permit(world, { patienceMs: 2_000 })).resolves.toBeDefined();
  });

  describe('R30', () => {
    async function aLink(): Promise<{
      readonly world: World;
      readonly write: { kind: 'company'; link: number };
    }> {
      const world = await opened.world();
      return {
        world,
        write: { kind: 'company', link: await world.linkedCompany('Acme', { teamwork: '1', desk: '7' }) },
      };
    }

    it.each(['site', 'company', 'link'] as const)('a paused %s stops writes, not reads', async (scope) => {
      const { world, write } = await aLink();
      await world.store.setPaused(world.site, pauseOf(scope, write.link), true);
      expect(await world.budget.take(asking(world, { write }))).toEqual({ stopped: 'paused' });
      await expect(permit(world)).resolves.toBeDefined();
    });

    it('R29 a frozen site stops writes and runs', async () => {
      const { world, write } = await aLink();
      await world.store.freeze(world.site, 'The credential is refused.');
      expect(await world.budget.take(asking(world, { write }))).toEqual({ stopped: 'frozen' });
      expect(await world.budget.take(asking(world, { run: world.run }))).toEqual({ stopped: 'frozen' });
      await expect(permit(world)).resolves.toBeDefined();
    });

    it.each(['paused', 'cancelled'] as const)('a %s run stops its own calls', async (state) => {
      const world = await opened.world();
      await world.store.setRunState(world.site, world.run, state);
      expect(await world.budget.take(asking(world, { run: world.run }))).toEqual({ stopped: state });
      await expect(permit(world)).resolves.toBeDefined();
    });

    it('a stopped call takes no token', async () => {
      const { world, write } = await aLink();
      await world.store.setPaused(world.site, 'site', true);
      for (let call = 0; call < 20; call++) await world.budget.take(asking(world, { write }));
      await expect(permit(world)).resolves.toBeDefined();
    });
  });

  it('counts the calls of a run', async () => {
    const world = await opened.world();
    await permit(world, { run: world.run });
    await permit(world, { run: world.run, side: 'teamwork' });
    await permit(world);
    expect((await world.store.run(world.site, world.run))?.calls).toEqual({ teamwork: 1, desk: 1 });
  });

  it('the begin of a read is the time of its grant', async () => {
    const world = await opened.world();
    const { grantedAt } = await permit(world);
    await world.store.recordObservation(world.site, company('desk', '7', 'Acme', { readAt: grantedAt }));
    const [view] = await world.undecided('company', 'desk');
    expect(view?.records.desk?.readAt).toBe(grantedAt);
  });
}
