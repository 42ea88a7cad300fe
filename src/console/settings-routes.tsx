/** What an administrator sets for a site: Cross Product, policy, budget, credentials, hook secrets. Each change is kept. */
import { changeSettings } from '../change-settings';
import { connectSite, testSite } from '../connect';
import { disconnectSite } from '../disconnect';
import { Refused } from '../refused';
import { startDue } from '../start-due';
import { countText } from '../wording/words';
import { noteChange } from './audit';
import { readSiteUrl } from '../site-forms';
import { given } from './connect-form';
import { SettingsPage } from './pages/settings';
import { siteRoute, sitePath, type Route } from './route';

const entriesShown = 100;

export const settingsRoutes: readonly Route[] = [
  siteRoute('GET', '/settings', 'viewer', async (visit) => {
    const { ports, site } = visit;
    const [audit, earlier, hooks] = await Promise.all([
      ports.accounts.audit(site.id, entriesShown),
      ports.operations.excludedCustomers(site.id),
      ports.store.siteHooks(site.id),
    ]);
    return { page: { title: 'Settings', body: <SettingsPage {...{ visit, audit, earlier, hooks }} /> } };
  }),
  siteRoute('POST', '/settings/cross-product', 'administrator', async (visit) => {
    const { ports, site, form, user } = visit;
    const isOn = form.isChecked('automaticallyCreateContacts');
    if (isOn !== site.settings.automaticallyCreateContacts) {
      await changeSettings(ports, user.name, site, { automaticallyCreateContacts: isOn });
    }
    const included =
      isOn && form.isChecked('includeEarlier') ? await ports.operations.askForExcluded(site.id) : 0;
    if (included > 0) {
      await startDue(ports, site.id);
      await noteChange(visit, site.id, 'earlier customers included', { customers: included });
    }
    const said = `Contacts are ${isOn ? '' : 'not '}created automatically.`;
    const notice =
      included > 0 ? `${said} ${countText(included, 'earlier customer')} will be made contacts.` : said;
    return { goTo: sitePath(site.id, '/settings'), notice };
  }),
  siteRoute('POST', '/settings/policy', 'administrator', async ({ ports, site, form, user }) => {
    const conflictPolicy = (['latest', 'teamwork', 'desk'] as const).find(
      (one) => one === form.text('conflictPolicy'),
    );
    const budgetShare = Number(form.text('budgetShare')) / 100;
    if (conflictPolicy === undefined || !(budgetShare >= 0.05 && budgetShare <= 1)) {
      throw new Refused('The budget share is a number from 5 to 100 per cent. Nothing was changed.');
    }
    await changeSettings(ports, user.name, site, { conflictPolicy, budgetShare });
    return { goTo: sitePath(site.id, '/settings'), notice: 'Kept.' };
  }),
  siteRoute('POST', '/settings/connect', 'administrator', async (visit) => {
    const { ports, site, form } = visit;
    const url = form.text('url') === '' ? site.url : given(readSiteUrl(form.text('url')));
    const [teamwork, desk] = [form.text('teamworkToken'), form.text('deskToken')];
    const vendorSync = (['on', 'off'] as const).find((one) => one === form.text('vendorSync'));
    const access = {
      site: site.id,
      url,
      credentials: { ...(teamwork === '' ? {} : { teamwork }), ...(desk === '' ? {} : { desk }) },
    };
    if (form.isChecked('testOnly')) {
      const { users } = await testSite(ports, access);
      const notice = `Both credentials work: user ${users.teamwork} in Teamwork.com, ${users.desk} in Desk. Nothing was kept.`;
      return { goTo: sitePath(site.id, '/settings'), notice };
    }
    await connectSite(ports, {
      ...access,
      ...(vendorSync === undefined ? {} : { vendorSync }),
      ...(form.isChecked('rotateHookSecrets') ? { rotateHookSecrets: true } : {}),
    });
    await noteChange(visit, site.id, 'connection tested and kept', {
      ...{ url, newTeamworkToken: teamwork !== '', newDeskToken: desk !== '' },
      ...{ vendorSync: vendorSync ?? null, rotateHookSecrets: form.isChecked('rotateHookSecrets') },
    });
    return {
      goTo: sitePath(site.id, '/settings'),
      notice: 'Both credentials work, and are in use from now on.',
    };
  }),
  siteRoute('POST', '/settings/disconnect', 'administrator', async (visit) => {
    const { ports, site } = visit;
    await disconnectSite(ports, site.id);
    await noteChange(visit, site.id, 'disconnected');
    const notice =
      'Disconnected: nothing is read or written any more. What is known stays; connecting takes it up again.';
    return { goTo: sitePath(site.id, '/settings'), notice };
  }),
];
