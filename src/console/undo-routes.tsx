/** Undo of a run's links: shown page by page, and unlinked as chosen. */
import { runToUndo, undoRun } from '../undo-run';
import { Refused } from '../refused';
import { countText } from '../wording/words';
import { UndoPage } from './pages/undo';
import { NotFound, siteRoute, sitePath, type FormValues, type Route, type SiteVisit } from './route';

const shown = 200;

export const undoRoutes: readonly Route[] = [
  siteRoute('GET', '/runs/:run/undo', 'operator', async (visit) => {
    const { ports, site, query } = visit;
    const run = await runOf(visit);
    const after = afterIn(query);
    const [counts, found] = await Promise.all([
      ports.reads.runLinkCounts(site.id, run.id),
      ports.reads.runLinks(site.id, run.id, after, shown + 1),
    ]);
    const links = found.slice(0, shown);
    const hasMore = found.length > shown;
    return {
      page: { title: 'Undo a run', body: <UndoPage {...{ visit, run, counts, links, after, hasMore }} /> },
    };
  }),
  siteRoute('POST', '/runs/:run/undo', 'operator', async (visit) => {
    const { ports, site, form, user } = visit;
    const run = await runOf(visit);
    const after = afterIn(form);
    const chosen = new Set(form.all('link'));
    // Only what the run did and is so still, whatever the form says.
    const links = (await ports.reads.runLinks(site.id, run.id, after, shown)).filter(({ link }) =>
      chosen.has(String(link.number)),
    );
    if (links.length === 0) throw new Refused('Nothing was chosen that could be undone.');
    const { unlinked, refused } = await undoRun(ports, {
      ...{ site: site.id, run: run.id, who: user.name, links },
    });
    const notice = [
      `${countText(unlinked.length, 'link')} broken; every record stays.`,
      ...refused.slice(0, 5).map(({ link, why }) => `Link ${link}: ${why}`),
    ].join(' ');
    return { goTo: sitePath(site.id, `/runs/${run.id}/undo?after=${after}`), notice };
  }),
];

/** The number of the link that the page begins after. */
function afterIn(values: FormValues): number {
  const text = values.text('after');
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

async function runOf({ ports, site, params }: SiteVisit) {
  const run = await runToUndo(ports.store, site.id, params.run ?? '');
  if (run === null) throw new NotFound('There is no such run.');
  return run;
}
