/** Settings of a site are changed, and each that is another now is noted with both values. */
import { noteChange } from './change-note';
import type { AccountStore } from './ports/accounts';
import type { Settings, Site } from './ports/sites';
import type { Store } from './ports/store';

export type SettingsChange = Partial<Omit<Settings, 'automaticSince'>>;

interface ChangePorts {
  readonly store: Store;
  readonly accounts: AccountStore;
}

export async function changeSettings(
  ports: ChangePorts,
  who: string,
  { id, settings }: Site,
  change: SettingsChange,
): Promise<void> {
  await ports.store.changeSettings(id, change);
  for (const [name, to] of Object.entries(change)) {
    const from = settings[name as keyof SettingsChange];
    if (from !== to) await noteChange(ports, who, id, name, { from, to });
  }
}
