/** What a new operator does, in a real browser on the whole stack: from the one-time link to a restored record. */
import { openConsoleLab, type ConsoleLab } from '../support/console-lab';
import { site, token, type Lab } from '../support/lab';
import { desk, operatorOf } from '../support/operator-of';

describe('a new operator', () => {
  let console: ConsoleLab;
  let lab: Lab;
  const { explain, settled, comesTrue, inTeamwork, newDeskCompany, newCustomer, done } = operatorOf(
    () => lab,
  );
  const linkOf = async (record: string) => (await explain(record)).link;

  beforeAll(async () => {
    console = await openConsoleLab();
    lab = console.lab;
  });
  afterAll(() => console.close());

  test('signs in by the link of the command line, once', async () => {
    const link = await console.signInLink();
    await console.page.goto(link);
    await console.press('Sign in as Ada');
    await console.says('No site is connected yet.');
    await console.context.clearCookies();
    await console.page.goto(link);
    await console.says('This link has been used');
    await console.page.goto(
      `${lab.consoleUrl}/sign-in/${await lab.engine.accounts.signInLink('Ada', 'administrator', 3_600_000)}`,
    );
    await console.press('Sign in as Ada');
  });

  test('connects a site; a wrong key is told, and nothing is kept', async () => {
    await console.open('/connect');
    const fill = async (desk: string) => {
      await console.page.getByLabel('Name of the site here').fill(site);
      await console.page.getByLabel('Address').fill(lab.sandbox.url);
      await console.page.getByLabel('Teamwork.com API key').fill(token);
      await console.page.getByLabel('Desk API key').fill(desk);
      await console.press('Test both, then connect');
    };
    await fill('wrong');
    await console.says('Desk refuses the token');
    expect(await lab.engine.store.site(site)).toBeNull();
    await fill(token);
    await console.says('Connected: both credentials work.');
  });

  test('sees what a run would do before it starts one, then watches it to its end', async () => {
    await console.open(`/sites/${site}/runs`);
    await console.press('Make a plan');
    await comesTrue(async () => {
      await console.page.reload();
      return console.page.getByText('What an InitialSync would do').isVisible();
    });
    await console.page.getByLabel('With another share of the limits, in per cent').fill('50');
    await console.press('Reckon');
    await console.says('with 50 % of the vendors’ limits about');
    expect(
      (await lab.sandbox.calls()).filter(({ method, token: by }) => method !== 'GET' && by === token),
    ).toEqual(
      expect.not.arrayContaining([
        expect.objectContaining({ path: expect.stringContaining('companies.json') as string }),
      ]),
    );
    await console.open(`/sites/${site}/runs`);
    await console.press('Start the InitialSync');
    // Live, without a click.
    await console.says('Finished');
  });

  test('R31: every record is in exactly one number of the overview', async () => {
    await console.open(`/sites/${site}`);
    const cells = await console.page.locator('.numbers tbody td').allInnerTexts();
    const [companies, customers] = [0, 1].map((column) =>
      cells
        .filter((_, index) => index % 2 === column)
        .reduce((sum, text) => sum + Number(text.replace(/,/g, '')), 0),
    );
    const sums = await console.page.locator('.numbers tfoot td').allInnerTexts();
    expect(sums.map((text) => Number(text.replace(/,/g, '')))).toEqual([companies, customers]);
    expect(companies).toBeGreaterThan(0);
  });

  test.each([
    ['with', true],
    ['without', false],
  ])('R5: makes a company %s the box checked', async (_what, checked) => {
    await console.open(`/sites/${site}/companies`);
    await console.page.getByRole('link', { name: 'New company' }).click();
    const name = `Browser Works ${checked ? 'one' : 'two'}`;
    await console.page.getByLabel('Name').fill(name);
    await console.page.getByLabel('Add as a client in Teamwork.com').setChecked(checked);
    await console.press('Make the company');
    await console.says(checked ? 'it becomes a client in Teamwork.com now' : 'It stands alone');
    await settled(`"${name}"`, checked ? 'in_sync' : 'excluded');
    await console.open(`/sites/${site}/companies?search=${encodeURIComponent(name)}`);
    expect(await console.page.getByRole('img', { name: 'linked and in sync' }).count()).toBe(checked ? 1 : 0);
  });

  test('finds out why one customer is not synced, and mends it', async () => {
    const company = await newDeskCompany('Lone Ltd');
    const id = await newCustomer({ firstName: 'Ida', lastName: 'Noon', email: 'ida@lone.test' }, company);
    await lab.engine.operations.linkFor(site, 'customer', 'desk', String(id));
    await lab.engine.operations.linkFor(site, 'company', 'desk', String(company));
    await settled(`desk:${id}`, 'excluded');
    await console.open(`/sites/${site}/customers?search=ida@lone.test`);
    await console.page.getByRole('link', { name: 'Ida Noon' }).click();
    await console.says('The company it belongs to stands alone.');
    await console.page.locator('.chain a').click();
    await console.page.getByRole('link', { name: 'Add in Teamwork.com' }).click();
    await console.says('The customers that it has now follow as contacts.');
    await console.press('Add in Teamwork.com');
    await console.says('Asked for');
    await settled('ida@lone.test');
    expect(await inTeamwork('ida@lone.test')).toBeDefined();
  });

  test('R7: turns the Cross Product setting on; the change is in the list', async () => {
    await console.open(`/sites/${site}/settings`);
    await console.page.getByLabel('Automatically create contacts in Teamwork').check();
    await console.page
      .locator('form', { hasText: 'Cross Product' })
      .getByRole('button', { name: 'Keep' })
      .click();
    await console.says('Contacts are created automatically.');
    expect((await lab.engine.store.site(site))?.settings.automaticallyCreateContacts).toBe(true);
    expect(await console.page.getByRole('rowheader', { name: 'automaticallyCreateContacts' }).count()).toBe(
      1,
    );
  });

  test('R22: unlinks by mistake, and relinks', async () => {
    const link = await linkOf('ida@lone.test');
    await console.open(`/sites/${site}/links/${link}`);
    await console.page.getByRole('link', { name: 'Unlink' }).click();
    await console.says('Both records stay as they are');
    await console.press('Unlink');
    await console.says('Unlinked.');
    await console.page.getByRole('link', { name: 'Relink' }).click();
    await console.press('Relink');
    await console.says('Joined again.');
    await settled('ida@lone.test');
  });

  test('R22: restores a customer who was deleted in Desk', async () => {
    const { deskId } = await explain('ida@lone.test');
    await lab.sandbox.asUser('DELETE', `${desk}/customers/${deskId ?? ''}.json`);
    const link = await linkOf('ida@lone.test');
    await lab.engine.operations.makeDue(site, [link]);
    await comesTrue(async () => (await lab.engine.store.view(site, link))?.link.phase === 'broken');
    await console.open(`/sites/${site}/attention`);
    await console.page.getByRole('link', { name: 'Ida Noon' }).click();
    await console.page.getByRole('link', { name: 'Restore' }).click();
    await console.press('Restore');
    await console.says('The missing record is being made anew.');
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
    await comesTrue(async () => {
      const events = await lab.engine.reads.timeline(site, link, 50);
      return (
        events.some(({ event }) => event === 'conflict') &&
        (await explain('ida@lone.test')).status === 'in_sync'
      );
    });
    await console.open(`/sites/${site}/links/${link}`);
    const conflict = console.page.locator('tr', { hasText: 'by the conflict policy Teamwork.com’s stands' });
    const told = await conflict.locator('th, td').allInnerTexts();
    expect(told.slice(1, 6)).toEqual(['last name', 'Noon', 'Work', 'Desk lost', 'Work']);
    await console.page.getByRole('link', { name: 'Choose Desk’s' }).click();
    await console.says('Desk’s last name is written to both sides');
    await console.press('Choose a value');
    await console.says('The chosen value is written to both sides.');
    await comesTrue(async () => (await inTeamwork('ida@lone.test'))?.lastName === 'Desk');
    await console.open(`/sites/${site}/links/${link}`);
    const run = console.page.locator('.timeline a', { hasText: 'Temporal run' }).first();
    expect(await run.getAttribute('href')).toMatch(
      new RegExp(`/workflows/${site}%2Fcustomer%2F${link}/[0-9a-f-]{36}$`),
    );
    await console.says('told by hook');
    // As it was when it was decided, whatever came after.
    expect((await conflict.locator('th, td').allInnerTexts()).slice(1, 6)).toEqual(told.slice(1, 6));
  });

  test('R14: answers a question', async () => {
    const rows = await lab.engine.reads.links(site, { kind: 'company', status: 'question', limit: 1 });
    const [question] = rows;
    expect(question).toBeDefined();
    await console.open(`/sites/${site}/attention`);
    await console.page.locator('#questions a').first().click();
    await console.press('None of them: keep them apart');
    await console.says('Remembered.');
  });

  test('R24: undoes a part of what a run linked: links break, and no record goes', async () => {
    const run = await lab.engine.store.latestRun(site, 'sync');
    await console.open(`/sites/${site}/runs/${run?.id ?? ''}`);
    await console.page.getByRole('link', { name: 'Undo what it linked…' }).click();
    await console.says('No record is deleted');
    const boxes = await console.page.locator('input[name=link]').all();
    const numbers = await Promise.all(boxes.map((box) => box.inputValue()));
    expect(await console.page.locator('input[name=link]:checked').count()).toBe(0);
    await console.page.getByRole('link', { name: /^Choose all \d+ shown here$/ }).click();
    expect(await console.page.locator('input[name=link]:checked').count()).toBe(numbers.length);
    await console.page.getByRole('link', { name: 'Choose none' }).click();
    await console.page.locator('input[name=link]').first().check();
    await console.press('Unlink the chosen ones');
    await console.says('1 link broken; every record stays.');
    const [first = '', second = ''] = numbers;
    const phases = await Promise.all(
      [first, second].map(async (number) => (await lab.engine.store.view(site, Number(number)))?.link.phase),
    );
    expect(phases).toEqual(['broken', 'active']);
    const deletes = (await lab.sandbox.calls()).filter(
      ({ method, token: by }) => method === 'DELETE' && by === token,
    );
    expect(deletes).toEqual([]);
    expect((await lab.engine.accounts.audit(site, 1))[0]).toMatchObject({ who: 'Ada', what: 'run undone' });
  });

  test('nothing complained: no script ran, no policy was broken', () => {
    expect(console.complaints.filter((text) => !/status of (4\d\d)/.test(text))).toEqual([]);
  });
});
