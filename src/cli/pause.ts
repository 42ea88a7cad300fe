/** `pause` and `resume`: a site, a kind, or one link (R30). Once acknowledged no new write starts. */
import { noteChange, theCli } from '../change-note';
import type { Kind } from '../domain/record';
import { recordForms } from './matches';
import { newSiteCommand } from './new-command';
import { carryOut, oneLink, toJsonDone } from './operation';
import { startDue } from '../start-due';
import { answer, chooseSite, type Session } from './session';
import { pluralOf } from '../wording/words';

export function pauseCommand(session: Session) {
  return holdCommand(session, 'pause');
}

export function resumeCommand(session: Session) {
  return holdCommand(session, 'resume');
}

const kindNamed: Readonly<Record<string, Kind>> = {
  ...{ company: 'company', companies: 'company', customer: 'customer', customers: 'customer' },
};

function holdCommand(session: Session, verb: 'pause' | 'resume') {
  const summary =
    verb === 'pause'
      ? 'Stop writing to the site, to a kind of record or to one; what changes meanwhile is not lost'
      : 'Go on writing to what was paused; what changed meanwhile is caught up with';
  return newSiteCommand(verb, summary, [verb, `${verb} companies`, `${verb} ada@example.com --json`])
    .argument('[what]', `companies, customers, or ${recordForms}; left out: the whole site`)
    .action(async (what, { json, site: named }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const kind = what === undefined ? undefined : kindNamed[what];
      const word = verb === 'pause' ? 'paused' : 'resumed';
      if (what !== undefined && kind === undefined) {
        const row = await oneLink(parts.reads, site.id, what, ({ link }) => link.phase !== 'broken');
        const done = await carryOut(parts, site.id, row, { verb });
        answer(session, json, toJsonDone(done), () => `Link ${done.link} is ${word}.`);
        return;
      }
      await parts.store.setPaused(site.id, kind ?? 'site', verb === 'pause');
      if (verb === 'resume') await startDue(parts, site.id);
      const scope = kind ?? 'site';
      await noteChange(parts, theCli, site.id, `${kind === undefined ? 'site' : pluralOf[kind]} ${word}`);
      answer(session, json, { [word]: scope }, () =>
        scope === 'site'
          ? `Site ${site.id} is ${word}.`
          : `The ${pluralOf[scope]} of ${site.id} are ${word}.`,
      );
    });
}
