/** Everything that waits for a person, and the answers to it, one by one or many at once. */
import { answerHold } from '../answer-hold';
import { operateOn } from '../operate';
import type { Attention, AttentionItem } from '../ports/holds';
import type { LinkRow } from '../ports/reads';
import { Refused } from '../refused';
import { startDue } from '../start-due';
import { countText, numberText } from '../wording/words';
import { noteChange } from './audit';
import { csvLine } from './csv';
import { AttentionPage, type Waiting } from './pages/attention';
import { HoldPage } from './pages/hold';
import { nameOf } from './pages/links';
import { reasonText } from './pages/parts';
import { provedAnew } from './step-up';
import { NotFound, siteRoute, sitePath, type Route, type SiteVisit } from './route';

const shownOfEach = 100;
const membersShown = 500;

type Part = Exclude<keyof Attention, 'holds'>;
const parts: readonly Part[] = ['failing', 'questions', 'alone'];

export const attentionRoutes: readonly Route[] = [
  siteRoute('GET', '/attention', 'viewer', async (visit) => {
    const { ports, site } = visit;
    const [attention, holds] = await Promise.all([
      ports.reads.attention(site.id),
      ports.reads.holds(site.id),
    ]);
    const waiting = await Promise.all(parts.map((part) => named(visit, attention[part])));
    const [failing = none, questions = none, alone = none] = waiting;
    return {
      page: { title: 'Attention', body: <AttentionPage {...{ visit, failing, questions, alone, holds }} /> },
    };
  }),
  siteRoute('GET', '/attention.csv', 'viewer', (visit) => ({
    file: { name: `${visit.site.id}-attention.csv`, type: 'text/csv; charset=utf-8', lines: csvOf(visit) },
  })),
  siteRoute('POST', '/attention/retry', 'operator', async ({ ports, site, user }) => {
    const links = await ports.operations.retryFailing(site.id);
    await startDue(ports, site.id);
    await noteChange({ ports, user }, site.id, 'failing tried again', { links });
    return { goTo: sitePath(site.id, '/attention'), notice: `${countText(links, 'link')} tried again.` };
  }),
  siteRoute('POST', '/attention/alone', 'operator', async ({ ports, site, user, form }) => {
    const links = form
      .all('link')
      .filter((link) => /^\d{1,15}$/.test(link))
      .slice(0, shownOfEach);
    if (links.length === 0) throw new Refused('Nothing was chosen.');
    const rows = await ports.reads.linksNumbered(site.id, links.map(Number));
    const refused: string[] = [];
    for (const { link } of rows) {
      const verb =
        link.phase === 'broken'
          ? ({ verb: 'restore', withPeople: true } as const)
          : ({ verb: 'ask' } as const);
      await operateOn(ports, site.id, { kind: link.kind, link: link.number }, verb).catch(
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          refused.push(`link ${link.number}: ${error.message}`);
        },
      );
    }
    await startDue(ports, site.id);
    await noteChange({ ports, user }, site.id, 'brought back', { links });
    const done = `${countText(rows.length - refused.length, 'link')} added or restored.`;
    return { goTo: sitePath(site.id, '/attention'), notice: [done, ...refused.slice(0, 5)].join(' ') };
  }),
  siteRoute('GET', '/holds/:hold', 'viewer', async (visit) => {
    const { ports, site, params } = visit;
    const hold = (await ports.reads.holds(site.id)).find(({ number }) => String(number) === params.hold);
    if (hold === undefined)
      throw new NotFound('There is no such open hold; it was answered, or everybody left it.');
    const members = await ports.reads.holdMembers(site.id, hold.number, membersShown);
    return { page: { title: `Hold ${hold.number}`, body: <HoldPage {...{ visit, hold, members }} /> } };
  }),
  ...(['approve', 'reject'] as const).map((verdict) => ({
    ...siteRoute('POST', `/holds/:hold/${verdict}`, 'operator', async (visit) => {
      const { ports, site, user, params, form } = visit;
      if (verdict === 'approve') await provedAnew(visit);
      const [hold, set] = [Number(params.hold), Number(form.text('set'))];
      if (!Number.isSafeInteger(hold) || !(set > 0))
        throw new Refused('The form did not name the set that was seen.');
      const { count } = await answerHold(ports, site.id, verdict, hold, set);
      await noteChange({ ports, user }, site.id, `hold ${verdict === 'approve' ? 'approved' : 'rejected'}`, {
        hold,
        set,
        count,
      });
      const notice =
        verdict === 'approve'
          ? 'Approved. Each of them passes once, within the hour; what comes later is held anew.'
          : 'Rejected. Nothing of it is done; each link stays held until its record moves again.';
      return { goTo: sitePath(site.id, '/attention'), notice };
    }),
    takesPassword: verdict === 'approve',
  })),
];

const none: Waiting = { total: 0, items: [] };

async function named(
  { ports, site }: Pick<SiteVisit, 'ports' | 'site'>,
  all: readonly AttentionItem[],
): Promise<Waiting> {
  const shown = all.slice(0, shownOfEach);
  const rows = await ports.reads.linksNumbered(
    site.id,
    shown.map(({ id }) => id),
  );
  const byNumber = new Map(rows.map((row) => [row.link.number, row]));
  const items = shown.flatMap((item) => {
    const row: LinkRow | undefined = byNumber.get(item.id);
    return row === undefined ? [] : [{ item, row }];
  });
  return { total: all.length, items };
}

async function* csvOf({ ports, site }: SiteVisit): AsyncIterable<string> {
  yield csvLine(['part', 'link', 'kind', 'name', 'why', 'records']);
  const attention = await ports.reads.attention(site.id);
  for (const part of parts) {
    for (let from = 0; from < attention[part].length; from += shownOfEach) {
      const page = attention[part].slice(from, from + shownOfEach);
      const { items } = await named({ ports, site }, page);
      for (const { item, row } of items) {
        const cells = [part, String(item.id), item.kind, nameOf(row), reasonText(item.reason)];
        yield csvLine([...cells, numberText(item.count)]);
      }
    }
  }
}
