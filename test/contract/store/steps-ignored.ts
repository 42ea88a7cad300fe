/** A plan of several steps of which one side ignored a part (R13). */
import { updating, type MakeStore } from '../../support/store-world';
import { openedFor } from './opened';
import { anUpdate, begun } from './step-world';
import { done } from './step-done';

export function stepsIgnoredContract(make: MakeStore): void {
  const opened = openedFor(make);
  const website = 'acme.test';

  it('R13 what one side ignored is not made good by what the other took', async () => {
    const { world, planId, number } = await anUpdate(
      opened,
      updating('teamwork', { website, email: 'a@b.test' }),
    );
    const first = await begun(world, planId);
    const kept = { name: 'Acme', website: '', email: '' };
    const ignored = done('desk', 'company', '7', kept, { base: {}, ignored: ['website'] });
    await world.store.confirmStep(world.site, first.intent, ignored);
    const second = await begun(world, planId, 1);
    const taken = { website, email: 'a@b.test' };
    await world.store.confirmStep(world.site, second.intent, done('teamwork', 'company', '1', taken));
    const view = await world.store.view(world.site, number);
    expect(view?.link).toMatchObject({ status: 'failing', reason: 'remote_ignored' });
    expect(view?.link.bases.teamwork).toMatchObject({ email: 'a@b.test' });
    expect(view?.link.bases.teamwork.website).toBeUndefined();
    expect(view?.link.bases.desk.website).toBeUndefined();
  });
}
