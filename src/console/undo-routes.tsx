/** Undo of what a run linked or created, as far as R24 lets it go: the links break, every record stays. */
import { operateOn } from '../operate';
import { Refused } from '../refused';
import { startDue } from '../start-due';
import { countText } from '../wording/words';
import { noteChange } from './audit';
import { UndoPage } from './pages/undo';
import { NotFound, siteRoute, sitePath, type Route, type SiteVisit } from './route';

const shown = 200;
const atATime = 8;

export const undoRoutes: readonly Route[] = [
  siteRoute('GET', '/runs/:run/undo', 'operator', async (visit) => {
    const { ports, site } = visit;
    const run = await runOf(visit);
    const [counts, links] = await Promise.all([
      ports.reads.runLinkCounts(site.id, run.id),
      ports.reads.runLinks(site.id, run.id, 0, shown),
    ]);
    return { page: { title: 'Undo a run', body: <UndoPage {...{ visit, run, counts, links }} /> } };
  }),
  siteRoute('POST', '/runs/:run/undo', 'operator', async (visit) => {
    const { ports, site, form } = visit;
    const run = await runOf(visit);
    const chosen = new Set(form.all('link'));
    // Only what the run did and is so still, whatever the form says.
    const links = (await ports.reads.runLinks(site.id, run.id, 0, shown)).filter(({ link }) =>
      chosen.has(String(link.number)),
    );
    if (links.length === 0) throw new Refused('Nothing was chosen that could be undone.');
    const refused: string[] = [];
    const queue = links.map(({ link }) => link);
    const unlinkNext = async (): Promise<void> => {
      for (let link = queue.shift(); link !== undefined; link = queue.shift()) {
        const { kind, number } = link;
        await operateOn(ports, site.id, { kind, link: number }, { verb: 'unlink' }).catch(
          (error: unknown) => {
            if (!(error instanceof Refused)) throw error;
            refused.push(`Link ${number}: ${error.message}`);
          },
        );
      }
    };
    await Promise.all(Array.from({ length: atATime }, unlinkNext));
    await startDue(ports, site.id);
    const undone = links.length - refused.length;
    await noteChange(visit, site.id, 'run undone', { run: run.id, links: undone });
    const notice = [`${countText(undone, 'link')} broken; every record stays.`, ...refused.slice(0, 5)].join(
      ' ',
    );
    return { goTo: sitePath(site.id, `/runs/${run.id}/undo`), notice };
  }),
];

async function runOf({ ports, site, params }: SiteVisit) {
  const run = await ports.store.run(site.id, params.run ?? '');
  if (run === null || run.mode === 'plan') throw new NotFound('There is no such run.');
  if (run.state === 'running' || run.state === 'paused') {
    throw new Refused('The run is still under way: cancel it first, or wait for its end.');
  }
  return run;
}
