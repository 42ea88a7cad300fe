/** What a new operator does, in a real browser on the whole stack: from the one-time link to a restored record. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { openLab, site, token, type Lab } from '../support/lab';
import { desk, operatorOf } from '../support/operator-of';
import { until } from '../support/until';

const hostile = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>';

describe('a new operator', () => {
  let lab: Lab;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What pages complained of, and scripts that were not to run. */
  const complaints: string[] = [];
  const { explain, settled, comesTrue, inTeamwork, newDeskCompany, newCustomer, done } = operatorOf(
    () => lab,
  );

  const open = (path: string) => page.goto(`${lab.consoleUrl}${path}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const says = async (text: string) => {
    await page.getByText(text).first().waitFor();
  };
  const linkOf = async (record: string) => (await explain(record)).link;

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 12, people: 40, seed: 11, 'rate-limit': 60_000 },
      settleMs: 1_000,
      hooks: true,
    });
    await lab.startServer();
    await lab.startWorker();
    browser = await openBrowser();
    context = await browser.newContext();
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });
  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  test('signs in by the link of the command line, once', async () => {
    const link = `${lab.consoleUrl}/sign-in/${await lab.engine.accounts.signInLink('Ada', 'administrator', 3_600_000)}`;
    await page.goto(link);
    await button('Sign in as Ada');
    await says('No site is connected yet.');
    await context.clearCookies();
    await page.goto(link);
    await says('This link has been used');
    await page.goto(
      `${lab.consoleUrl}/sign-in/${await lab.engine.accounts.signInLink('Ada', 'administrator', 3_600_000)}`,
    );
    await button('Sign in as Ada');
  });

  test('connects a site; a wrong key is told, and nothing is kept', async () => {
    await open('/connect');
    const fill = async (desk: string) => {
      await page.getByLabel('Name of the site here').fill(site);
      await page.getByLabel('Address').fill(lab.sandbox.url);
      await page.getByLabel('Teamwork.com API key').fill(token);
      await page.getByLabel('Desk API key').fill(desk);
      await button('Test both, then connect');
    };
    await fill('wrong');
    await says('Desk refuses the token');
    expect(await lab.engine.store.site(site)).toBeNull();
    await fill(token);
    await says('Connected: both credentials work.');
  });

  test('sees what a run would do before it starts one, then watches it to its end', async () => {
    await open(`/sites/${site}/runs`);
    await button('Make a plan');
    await comesTrue(async () => {
      await page.reload();
      return page.getByText('What an InitialSync would do').isVisible();
    });
    expect(
      (await lab.sandbox.calls()).filter(({ method, token: by }) => method !== 'GET' && by === token),
    ).toEqual(
      expect.not.arrayContaining([
        expect.objectContaining({ path: expect.stringContaining('companies.json') as string }),
      ]),
    );
    await open(`/sites/${site}/runs`);
    await button('Start the InitialSync');
    // Live, without a click.
    await says('Finished');
  });

  test('R31: every record is in exactly one number of the overview', async () => {
    await open(`/sites/${site}`);
    const cells = await page.locator('.numbers tbody td').allInnerTexts();
    const [companies, customers] = [0, 1].map((column) =>
      cells
        .filter((_, index) => index % 2 === column)
        .reduce((sum, text) => sum + Number(text.replace(/,/g, '')), 0),
    );
    const sums = await page.locator('.numbers tfoot td').allInnerTexts();
    expect(sums.map((text) => Number(text.replace(/,/g, '')))).toEqual([companies, customers]);
    expect(companies).toBeGreaterThan(0);
  });

  test.each([
    ['with', true],
    ['without', false],
  ])('R5: makes a company %s the box checked', async (_what, checked) => {
    await open(`/sites/${site}/companies`);
    await page.getByRole('link', { name: 'New company' }).click();
    const name = `Browser Works ${checked ? 'one' : 'two'}`;
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Add as a client in Teamwork.com').setChecked(checked);
    await button('Make the company');
    await says(checked ? 'it becomes a client in Teamwork.com now' : 'It stands alone');
    await settled(`"${name}"`, checked ? 'in_sync' : 'excluded');
    await open(`/sites/${site}/companies?search=${encodeURIComponent(name)}`);
    expect(await page.getByRole('img', { name: 'linked and in sync' }).count()).toBe(checked ? 1 : 0);
  });

  test('finds out why one customer is not synced, and mends it', async () => {
    const company = await newDeskCompany('Lone Ltd');
    const id = await newCustomer({ firstName: 'Ida', lastName: 'Noon', email: 'ida@lone.test' }, company);
    await lab.engine.operations.linkFor(site, 'customer', 'desk', String(id));
    await lab.engine.operations.linkFor(site, 'company', 'desk', String(company));
    await settled(`desk:${id}`, 'excluded');
    await open(`/sites/${site}/customers?search=ida@lone.test`);
    await page.getByRole('link', { name: 'Ida Noon' }).click();
    await says('The company it belongs to stands alone.');
    await page.locator('.chain a').click();
    await page.getByRole('link', { name: 'Add in Teamwork.com' }).click();
    await says('The customers that it has now follow as contacts.');
    await button('Add in Teamwork.com');
    await says('Asked for');
    await settled('ida@lone.test');
    expect(await inTeamwork('ida@lone.test')).toBeDefined();
  });

  test('R7: turns the Cross Product setting on; the change is in the list', async () => {
    await open(`/sites/${site}/settings`);
    await page.getByLabel('Automatically create contacts in Teamwork').check();
    await page.locator('form', { hasText: 'Cross Product' }).getByRole('button', { name: 'Keep' }).click();
    await says('Contacts are created automatically.');
    expect((await lab.engine.store.site(site))?.settings.automaticallyCreateContacts).toBe(true);
    expect(await page.getByRole('rowheader', { name: 'automaticallyCreateContacts' }).count()).toBe(1);
  });

  test('R22: unlinks by mistake, and relinks', async () => {
    const link = await linkOf('ida@lone.test');
    await open(`/sites/${site}/links/${link}`);
    await page.getByRole('link', { name: 'Unlink' }).click();
    await says('Both records stay as they are');
    await button('Unlink');
    await says('Unlinked.');
    await page.getByRole('link', { name: 'Relink' }).click();
    await button('Relink');
    await says('Joined again.');
    await settled('ida@lone.test');
  });

  test('R22: restores a customer who was deleted in Desk', async () => {
    const { deskId } = await explain('ida@lone.test');
    await lab.sandbox.asUser('DELETE', `${desk}/customers/${deskId ?? ''}.json`);
    const link = await linkOf('ida@lone.test');
    await lab.engine.operations.makeDue(site, [link]);
    await comesTrue(async () => (await lab.engine.store.view(site, link))?.link.phase === 'broken');
    await open(`/sites/${site}/attention`);
    await page.getByRole('link', { name: 'Ida Noon' }).click();
    await page.getByRole('link', { name: 'Restore' }).click();
    await button('Restore');
    await says('The missing record is being made anew.');
    await settled('ida@lone.test');
  });

  test('R11: chooses the value that lost a conflict', async () => {
    await done('settings set conflictPolicy teamwork');
    const { link, deskId, teamworkId } = await explain('ida@lone.test');
    await done(`pause ${link}`);
    await lab.sandbox.asUser('PATCH', `${desk}/customers/${deskId ?? ''}.json`, {
      customer: { lastName: 'Desk' },
    });
    await lab.sandbox.asUser('PUT', `/people/${teamworkId ?? ''}.json`, { person: { 'last-name': 'Work' } });
    await done(`resume ${link}`);
    await lab.engine.operations.makeDue(site, [link]);
    await comesTrue(
      async () =>
        (await inTeamwork('ida@lone.test'))?.lastName === 'Work' &&
        (await explain('ida@lone.test')).status === 'in_sync',
    );
    await open(`/sites/${site}/links/${link}`);
    await page.getByRole('link', { name: 'Choose it instead' }).first().click();
    await button('Choose a value');
    await says('The chosen value is written to both sides.');
    await comesTrue(async () => (await inTeamwork('ida@lone.test'))?.lastName === 'Desk');
  });

  test('R14: answers a question', async () => {
    const rows = await lab.engine.reads.links(site, { kind: 'company', status: 'question', limit: 1 });
    const [question] = rows;
    expect(question).toBeDefined();
    await open(`/sites/${site}/attention`);
    await page.locator('#questions a').first().click();
    await button('None of them: keep them apart');
    await says('Remembered.');
  });

  test('a hostile name runs no script', async () => {
    const id = await newDeskCompany(hostile);
    const link = await lab.engine.operations.linkFor(site, 'company', 'desk', String(id));
    await comesTrue(async () => (await lab.engine.store.view(site, link))?.records.desk !== null);
    for (const path of [
      `/links/${link}`,
      '/companies',
      '/attention',
      `/companies?search=${encodeURIComponent(hostile)}`,
    ]) {
      await open(`/sites/${site}${path}`);
      if (path.startsWith('/links')) expect(await page.locator('h1').innerText()).toBe(hostile);
    }
  });

  test('every page passes axe in both themes, at a phone’s width and without scrolling sideways', async () => {
    const link = await linkOf('ida@lone.test');
    const pages = [
      '',
      '/companies',
      '/customers',
      '/attention',
      '/runs',
      '/settings',
      '/companies/new',
      `/links/${link}`,
    ];
    const paths = [
      ...pages.map((path) => `/sites/${site}${path}`),
      `/sites/${site}/links/${link}/unlink`,
      '/users',
      '/account',
      '/connect',
    ];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1200, 390]) {
        await page.setViewportSize({ width, height: 800 });
        for (const path of paths) {
          await open(path);
          const found = await serious();
          const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          expect([path, colorScheme, width, found, sideways]).toEqual([path, colorScheme, width, [], false]);
        }
      }
    }
  });

  test('nothing complained: no script ran, no policy was broken', () => {
    expect(complaints.filter((text) => !/status of (4\d\d)/.test(text))).toEqual([]);
  });

  test('works without JavaScript', async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const still = await plain.newPage();
    await still.goto(`${lab.consoleUrl}/sites/${site}`);
    await still.getByRole('button', { name: 'Pause the site' }).click();
    await still.getByText('Paused. No new write starts').waitFor();
    await still.getByRole('button', { name: 'Resume the site' }).click();
    await until(async () => (await lab.engine.store.site(site))?.paused.site === false);
    await plain.close();
  });

  /** Run as the debugger would, for the page's own policy lets no script in. */
  async function serious(): Promise<string[]> {
    await page.evaluate(axe.source);
    const result = await page.evaluate<axe.AxeResults>('axe.run()');
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }
});
