/** One link: its page, and what an operator does about it, each said before it is done. */
import { noteOperation } from '../change-note';
import { explainLink } from '../domain/explanation';
import type { LinkView } from '../domain/plan';
import { incidentOf } from '../incident';
import { operateOn } from '../operate';
import { Refused } from '../refused';
import { startDue } from '../start-due';
import { actions, type Action } from './actions';
import { nameOf } from './pages/links';
import { ConfirmPage, RecordPage } from './pages/record';
import { NotFound, siteRoute, sitePath, type Route, type SiteVisit } from './route';

const entriesShown = 200;

async function viewOf({ ports, site, params }: SiteVisit): Promise<LinkView> {
  const number = /^\d{1,15}$/.test(params.number ?? '') ? Number(params.number) : 0;
  const view = number === 0 ? null : await ports.store.view(site.id, number);
  if (view === null) throw new NotFound('There is no such link.');
  return view;
}

async function pageOf(visit: SiteVisit) {
  const { ports, site } = visit;
  const view = await viewOf(visit);
  const { number } = view.link;
  const candidates = [...view.group.teamwork, ...view.group.desk];
  const [rows, entries, proof] = await Promise.all([
    ports.reads.linksNumbered(site.id, [number]),
    ports.reads.timeline(site.id, number, entriesShown),
    view.link.kind === 'company' ? ports.certificates.companyCertificate(site.id, number) : null,
  ]);
  const [row] = rows;
  return {
    title: row === undefined ? `Link ${number}` : nameOf(row),
    body: (
      <RecordPage {...{ visit, view, entries, candidates, proof }} explanation={explainLink(view, site)} />
    ),
  };
}

export const recordRoutes: readonly Route[] = [
  siteRoute('GET', '/links/:number', 'viewer', async (visit) => ({ page: await pageOf(visit) })),
  siteRoute('GET', '/links/:number/incident', 'operator', async (visit) => {
    const { ports, site } = visit;
    const { link } = await viewOf(visit);
    const incident = await incidentOf(ports, site.id, link.number);
    if (incident === null) throw new NotFound('There is no such link.');
    return {
      file: {
        name: `incident-${site.id}-${incident.link}.json`,
        type: 'application/json; charset=utf-8',
        lines: [JSON.stringify(incident, null, 1)],
      },
    };
  }),
  siteRoute('GET', '/records', 'viewer', async ({ ports, site, query }) => {
    const [first, ...others] = await ports.reads.resolve(site.id, query.text('record'));
    if (first === undefined) throw new NotFound('No record here goes by that.');
    const search = new URLSearchParams({ search: query.text('record') }).toString();
    if (others.length > 0) return { goTo: sitePath(site.id, `/customers?${search}`) };
    return { goTo: sitePath(site.id, `/links/${first.link.number}`) };
  }),
  ...Object.entries(actions).flatMap(([name, action]) => [
    siteRoute('GET', `/links/:number/${name}`, action.role, async (visit) => {
      const view = await viewOf(visit);
      return { page: { title: action.title, body: <ConfirmPage {...{ visit, view, name, action }} /> } };
    }),
    siteRoute('POST', `/links/:number/${name}`, action.role, (visit) => carryOut(visit, action)),
  ]),
];

async function carryOut(visit: SiteVisit, action: Action) {
  const { ports, site, form, user } = visit;
  const { link } = await viewOf(visit);
  const operation = action.operation(form);
  if (operation === null) throw new Refused('The form did not say what was meant; nothing was done.');
  const done = await operateOn(ports, site.id, { kind: link.kind, link: link.number }, operation);
  await startDue(ports, site.id);
  await noteOperation(ports, user.name, site.id, done.link, operation);
  return { goTo: sitePath(site.id, `/links/${done.link}`), notice: action.after(done) };
}
