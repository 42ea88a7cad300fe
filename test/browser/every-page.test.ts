/** Every page in a real browser: its markup, both themes, a phone's width, hostile names, and no script at all. */
import axe from 'axe-core';
import { issueCertificate } from '../../src/certify';
import { compareSite } from '../../src/verify';
import { openContext } from '../support/browser';
import { openConsoleLab, type ConsoleLab } from '../support/console-lab';
import { heldBreaks } from '../support/held-breaks';
import { site, type Lab } from '../support/lab';
import { operatorOf } from '../support/operator-of';
import { until } from '../support/until';

const hostile = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>';

describe('every page', () => {
  let console: ConsoleLab;
  let lab: Lab;
  const { comesTrue, newDeskCompany } = operatorOf(() => lab);

  beforeAll(async () => {
    console = await openConsoleLab();
    lab = console.lab;
    await lab.connect();
    await lab.runEnded(await lab.startRun());
    await console.signIn();
  });
  afterAll(() => console.close());

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
      await console.open(`/sites/${site}${path}`);
      if (path.startsWith('/links')) expect(await console.page.locator('h1').innerText()).toBe(hostile);
    }
  });

  test('the browser makes no markup of text, but for the region that is kept fresh', async () => {
    const page = await console.context.newPage();
    await page.goto(`${lab.consoleUrl}/sites/${site}`);
    const tried = (code: string) =>
      page.evaluate<string>(`try { ${code}; 'done' } catch ({ name }) { name }`);
    expect(await tried(`document.querySelector('main').innerHTML = '<b>a name</b>'`)).toBe('TypeError');
    expect(await tried(`document.createElement('script').src = 'https://evil.test/x.js'`)).toBe('TypeError');
    expect(await tried(`new DOMParser().parseFromString('<b>a name</b>', 'text/html')`)).toBe('TypeError');
    for (const name of ['live-region', 'another', 'default']) {
      expect(await tried(`trustedTypes.createPolicy('${name}', { createHTML: String })`)).toBe('TypeError');
    }
    const region = page.locator('[data-live]');
    const before = await region.innerText();
    await lab.engine.store.setPaused(site, 'site', true);
    await until(async () => (await region.innerText()) !== before);
    await lab.engine.store.setPaused(site, 'site', false);
    await page.close();
  });

  test('every page passes axe in both themes, at a phone’s width and without scrolling sideways', async () => {
    const [customer] = await lab.engine.reads.links(site, { kind: 'customer', limit: 1 });
    const link = customer?.link.number ?? 0;
    const run = await lab.engine.store.latestRun(site, 'sync');
    const [company] = await lab.engine.reads.links(site, { kind: 'company', status: 'in_sync', limit: 1 });
    const compared = await compareSite(lab.engine, site);
    await issueCertificate(lab.engine.certificates, site, compared);
    const pages = [
      '',
      `/runs/${run?.id ?? ''}`,
      `/runs/${run?.id ?? ''}/undo`,
      '/companies',
      '/customers?order=changed',
      '/attention',
      '/runs',
      '/settings',
      '/companies/new',
      `/links/${link}`,
      `/links/${company?.link.number ?? 0}`,
      '/certificates',
    ];
    const { world, hold } = await heldBreaks(lab.engine, 'Held Works');
    // Nobody is there to ask about it.
    await lab.engine.store.freeze(world.site, 'made for its pages');
    const paths = [
      `/sites/${world.site}/holds/${hold.number}`,
      ...pages.map((path) => `/sites/${site}${path}`),
      `/sites/${site}/links/${link}/unlink`,
      '/users',
      '/account',
      '/connect',
    ];
    for (const colorScheme of ['light', 'dark'] as const) {
      await console.page.emulateMedia({ colorScheme });
      for (const width of [1200, 390]) {
        await console.page.setViewportSize({ width, height: 800 });
        for (const path of paths) {
          await console.open(path);
          const found = await serious();
          const sideways = await console.page.evaluate('document.documentElement.scrollWidth > innerWidth');
          expect([path, colorScheme, width, found, sideways]).toEqual([path, colorScheme, width, [], false]);
        }
      }
    }
  });

  test('a list is ordered by a click on a heading, and says so', async () => {
    await console.open(`/sites/${site}/customers`);
    for (const order of ['status', 'changed', 'name']) {
      await console.page.getByRole('columnheader').getByRole('link', { name: order, exact: true }).click();
      await console.page.locator(`th[aria-sort]:has-text("${order}")`).waitFor();
      expect(await console.page.locator('th[aria-sort]').count()).toBe(1);
      expect(await console.page.locator('tbody tr').count()).toBeGreaterThan(10);
    }
  });

  test('nothing complained: no script ran, no policy was broken', () => {
    expect(console.complaints.filter((text) => !/status of (4\d\d)/.test(text))).toEqual([]);
  });

  test('works without JavaScript', async () => {
    const plain = await openContext(console.browser, {
      javaScriptEnabled: false,
      storageState: await console.context.storageState(),
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
    await console.page.evaluate(axe.source);
    const result = await console.page.evaluate<axe.AxeResults>('axe.run()');
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }
});
