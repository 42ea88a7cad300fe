/** `settings`: what an operator decides for a whole site (R7, R11). */
import { Command } from '@commander-js/extra-typings';
import { noteChange, theCli } from '../change-note';
import { changeSettings, type SettingsChange } from '../change-settings';
import type { Settings } from '../ports/sites';
import { usageFailure } from './failures';
import { startDue } from '../start-due';
import { newSiteCommand, programName } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { countText, timeText } from '../wording/words';

export function settingsCommand(session: Session) {
  return new Command('settings')
    .description('Show and change the settings of a site')
    .addHelpText('after', `\nExample:\n  $ ${programName} settings set automaticallyCreateContacts on`)
    .addCommand(showCommand(session))
    .addCommand(setCommand(session));
}

function showCommand(session: Session) {
  return newSiteCommand('show', 'Show the settings', ['settings show', 'settings show --json']).action(
    async ({ json, site: named }) => {
      const { store } = await session.storeParts();
      const { settings } = await chooseSite(store, named);
      answer(session, json, settings, () => settingsText(settings, session.terminal));
    },
  );
}

function settingsText(
  { automaticallyCreateContacts, automaticSince, conflictPolicy, budgetShare }: Settings,
  terminal: Terminal,
): string {
  const since = automaticSince === null ? '' : `, since ${timeText(automaticSince)} (UTC)`;
  const rows = [
    ['automaticallyCreateContacts', `${automaticallyCreateContacts ? 'on' : 'off'}${since}`],
    ['conflictPolicy', conflictPolicy],
    ['budgetShare', String(budgetShare)],
  ];
  return tableLines([{ title: 'setting' }, { title: 'value' }], rows, terminal).join('\n');
}

const names = 'automaticallyCreateContacts on|off, conflictPolicy latest|teamwork|desk, budgetShare 0.05–1';

function setCommand(session: Session) {
  return newSiteCommand('set', `Change a setting: ${names}`, [
    'settings set automaticallyCreateContacts on --include-earlier',
    'settings set conflictPolicy desk --json',
  ])
    .argument('<name>', 'the setting')
    .argument('<value>', 'its value')
    .option(
      '--include-earlier',
      'with automaticallyCreateContacts on: also the customers who stayed out until now',
    )
    .action(async (name, value, { json, site: named, includeEarlier }) => {
      const change = changeOf(name, value);
      if (includeEarlier === true && change.automaticallyCreateContacts !== true) {
        throw usageFailure('--include-earlier goes with automaticallyCreateContacts on.');
      }
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      await changeSettings(parts, theCli, site, change);
      const included = includeEarlier === true ? await parts.operations.askForExcluded(site.id) : 0;
      if (included > 0) {
        await startDue(parts, site.id);
        await noteChange(parts, theCli, site.id, 'earlier customers included', { customers: included });
      }
      const left =
        change.automaticallyCreateContacts === true ? await parts.operations.excludedCustomers(site.id) : 0;
      const settings = (await parts.store.site(site.id))?.settings ?? site.settings;
      answer(session, json, { ...settings, included, earlier: left }, () =>
        [
          settingsText(settings, session.terminal),
          ...(included > 0
            ? [`${countText(included, 'customer')} who stayed out until now will be made contacts.`]
            : []),
          ...(left > 0
            ? [
                `${countText(left, 'customer')} of linked companies stayed out until now and still do; --include-earlier brings them.`,
              ]
            : []),
        ].join('\n'),
      );
    });
}

function changeOf(name: string, value: string): SettingsChange {
  switch (name) {
    case 'automaticallyCreateContacts':
      if (value === 'on' || value === 'off') return { automaticallyCreateContacts: value === 'on' };
      throw usageFailure('automaticallyCreateContacts is on or off.');
    case 'conflictPolicy':
      if (value === 'latest' || value === 'teamwork' || value === 'desk') return { conflictPolicy: value };
      throw usageFailure('conflictPolicy is latest, teamwork or desk.');
    case 'budgetShare': {
      const share = Number(value);
      if (share >= 0.05 && share <= 1) return { budgetShare: share };
      throw usageFailure('budgetShare is a number from 0.05 to 1.');
    }
    default:
      throw usageFailure(`There is no setting ${name}: ${names}.`);
  }
}
