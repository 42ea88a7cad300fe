/** `unlink`, `relink`, `restore` and `retry`: what an operator does about a link (R22). */
import { noteChange, theCli } from '../change-note';
import type { Done } from '../operate';
import type { LinkRow } from '../ports/reads';
import { usageFailure } from './failures';
import { recordForms } from './matches';
import { newSiteCommand } from './new-command';
import { carryOut, oneLink, pausedText, toJsonDone } from './operation';
import { answer, chooseSite, type Session } from './session';
import { startDue } from '../start-due';
import { countText } from '../wording/words';

export function unlinkCommand(session: Session) {
  return newSiteCommand(
    'unlink',
    'Break a link by hand; both records stay, and nothing happens by itself after',
    ['unlink ada@example.com', 'unlink 1042 --json'],
  )
    .argument('<record>', recordForms)
    .action(async (record, { json, site: named }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const row = await oneLink(parts.reads, site.id, record, isActive);
      const done = await carryOut(parts, site.id, row, { verb: 'unlink' });
      answer(
        session,
        json,
        toJsonDone(done),
        () =>
          `Link ${done.link} is broken. Both records stay as they are; \`relink ${done.link}\` joins them again.`,
      );
    });
}

export function relinkCommand(session: Session) {
  return joinCommand(session, {
    verb: 'relink',
    summary: 'Join the two records of a broken link again; what changed meanwhile is merged',
    said: (done) => `Link ${done.link} is joined again.`,
  });
}

export function restoreCommand(session: Session) {
  return joinCommand(session, {
    verb: 'restore',
    summary: 'Make the missing record of a broken link anew from the one that is left, and link the two',
    said: (done) => `The missing record of link ${done.link} is made anew.`,
  });
}

interface Joining {
  readonly verb: 'relink' | 'restore';
  readonly summary: string;
  readonly said: (done: Done) => string;
}

function joinCommand(session: Session, { verb, summary, said }: Joining) {
  return newSiteCommand(verb, summary, [`${verb} "Acme Ltd" --with-people`, `${verb} desk:1042 --json`])
    .argument('<record>', recordForms)
    .option('--with-people', 'of a company, also the people whose links its break took along')
    .action(async (record, { json, site: named, withPeople = false }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const row = await oneLink(parts.reads, site.id, record, isBroken);
      const done = await carryOut(parts, site.id, row, { verb, withPeople });
      answer(session, json, toJsonDone(done), () =>
        [
          `${said(done)}${pausedText(done)}`,
          ...(done.people > 0 ? [`${countText(done.people, 'person', 'people')} came along.`] : []),
          ...(done.offered > 0
            ? [
                `${countText(done.offered, 'person', 'people')} belonged to it; --with-people would have brought them, \`relink\` or \`restore\` still does, one by one.`,
              ]
            : []),
        ].join(' '),
      );
    });
}

export function retryCommand(session: Session) {
  return newSiteCommand(
    'retry',
    'Read a record again and try what failed; with --failing, everything that fails',
    ['retry ada@example.com', 'retry --failing --json'],
  )
    .argument('[record]', recordForms)
    .option('--failing', 'every link that fails')
    .action(async (record, { json, site: named, failing }) => {
      if ((record === undefined) === (failing === undefined)) {
        throw usageFailure('Name a record, or give --failing for all that fail.');
      }
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      if (record === undefined) {
        const links = await parts.operations.retryFailing(site.id);
        await startDue(parts, site.id);
        await noteChange(parts, theCli, site.id, 'failing tried again', { links });
        answer(
          session,
          json,
          { links },
          () => `${countText(links, 'link')} that failed will be tried again.`,
        );
        return;
      }
      const row = await oneLink(parts.reads, site.id, record, (found) => !isBroken(found));
      const done = await carryOut(parts, site.id, row, { verb: 'retry' });
      answer(
        session,
        json,
        toJsonDone(done),
        () => `Link ${done.link} is read and tried again.${pausedText(done)}`,
      );
    });
}

function isActive({ link }: LinkRow): boolean {
  return link.phase === 'active';
}

function isBroken({ link }: LinkRow): boolean {
  return link.phase === 'broken';
}
