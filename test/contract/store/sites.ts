/** Sites: what `connect` established, and what an operator sets. */
import { aNewSite, type MakeStore } from '../../support/store-world';
import { openedFor } from './opened';

export function sitesContract(make: MakeStore): void {
  const opened = openedFor(make);

  it('keeps what connect established, with the first settings', async () => {
    const { store } = opened.ports;
    const pins = [{ kind: 'company', id: '7', createdAt: '2020-01-01T00:00:00Z' }] as const;
    const created = aNewSite({ deskCreatedAt: '2024-01-31T00:00:00Z', deskPins: pins, adoptOnly: true });
    await store.addSite(created);
    expect(await store.site(created.id)).toMatchObject({
      id: created.id,
      url: created.url,
      deskCreatedAt: '2024-01-31T00:00:00.000000Z',
      settings: {
        automaticallyCreateContacts: false,
        automaticSince: null,
        conflictPolicy: 'latest',
        budgetShare: 1,
      },
      ownerCompanyId: '1',
      users: { teamwork: '900', desk: '901' },
      deskPins: pins,
      frozen: null,
      adoptOnly: true,
      paused: { site: false, kinds: [] },
    });
    expect((await store.sites()).map(({ id }) => id)).toContain(created.id);
  });

  it('an unknown site is none, and nothing can be set on it', async () => {
    const { store } = opened.ports;
    expect(await store.site('nowhere')).toBeNull();
    await expect(store.changeSettings('nowhere', { budgetShare: 1 })).rejects.toThrow(
      'There is no site nowhere',
    );
    await expect(store.credentials('nowhere')).rejects.toThrow('There is no site nowhere');
  });

  it('A48 neither a name nor an address is connected twice', async () => {
    const { store } = opened.ports;
    const created = aNewSite();
    await store.addSite(created);
    await expect(store.addSite(created)).rejects.toThrow(`Site ${created.id} is connected already`);
    await expect(store.addSite(aNewSite({ url: created.url }))).rejects.toThrow('Another site is connected');
  });

  it('gives the credentials back, and those of a new connection afterwards', async () => {
    const { store } = opened.ports;
    const created = aNewSite();
    await store.addSite(created);
    expect(await store.credentials(created.id)).toEqual({ teamwork: 'teamwork-secret', desk: 'desk-secret' });
    await store.freeze(created.id, 'The credential is refused.');
    await store.reconnectSite({ ...created, credentials: { teamwork: 'new', desk: 'newer' } });
    expect(await store.credentials(created.id)).toEqual({ teamwork: 'new', desk: 'newer' });
    expect((await store.site(created.id))?.frozen).toBeNull();
  });

  it('R30 pauses and resumes site and kinds, however often it is told', async () => {
    const { store } = opened.ports;
    const { id } = aNewSite();
    await store.addSite(aNewSite({ id }));
    await store.setPaused(id, 'site', true);
    await store.setPaused(id, 'customer', true);
    await store.setPaused(id, 'customer', true);
    expect((await store.site(id))?.paused).toEqual({ site: true, kinds: ['customer'] });
    await store.setPaused(id, 'customer', false);
    await store.setPaused(id, 'site', false);
    expect((await store.site(id))?.paused).toEqual({ site: false, kinds: [] });
  });

  it('R7 what is turned on is on since it was, whatever is told again', async () => {
    const { store } = opened.ports;
    const { id } = aNewSite();
    await store.addSite(aNewSite({ id }));
    const turnOn = async () => {
      await store.changeSettings(id, { automaticallyCreateContacts: true });
      return (await store.site(id))?.settings.automaticSince;
    };
    const since = await turnOn();
    // Told in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await turnOn()).toBe(since);
    await store.changeSettings(id, { automaticallyCreateContacts: false });
    expect((await store.site(id))?.settings.automaticSince).toBeNull();
  });

  it('changes one setting and leaves the others', async () => {
    const { store } = opened.ports;
    const { id } = aNewSite();
    await store.addSite(aNewSite({ id }));
    await store.changeSettings(id, { conflictPolicy: 'desk' });
    expect((await store.site(id))?.settings).toEqual({
      automaticallyCreateContacts: false,
      automaticSince: null,
      conflictPolicy: 'desk',
      budgetShare: 1,
    });
  });
}
