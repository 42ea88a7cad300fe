/** `add-as-client` and `create-contact`: a Desk record is asked for in Teamwork.com (R5, R7). */
import { noteOperation, theCli } from '../change-note';
import { ApiError } from '../domain/errors';
import { operateOn, refuseBeforeFirstSync, type Done } from '../operate';
import type { Kind } from '../domain/record';
import { CommandFailure, exitCode, failed, usageFailure } from './failures';
import { newSiteCommand } from './new-command';
import { carryOut, oneLink, pausedText, toJsonDone } from './operation';
import type { EngineParts } from '../engine-parts';
import { answer, chooseSite, type Session } from './session';
import { countText } from '../wording/words';

export function addAsClientCommand(session: Session) {
  return newSiteCommand(
    'add-as-client',
    'Make a Desk company a client in Teamwork.com, with the customers that it has now',
    ['add-as-client 1042', 'add-as-client 1042 --json'],
  )
    .argument('<id>', 'the company’s id in Desk', deskId)
    .action(async (id, { json, site: named }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      await refuseBeforeFirstSync(parts, site.id);
      const done = await askFor(parts, site.id, 'company', id);
      answer(session, json, toJsonDone(done), () =>
        done.status === 'question'
          ? `Asked for; link ${done.link} has a question first: \`explain ${done.link}\`.`
          : `Asked for: link ${done.link} and its customers follow. \`explain desk:${id}\` shows how it stands.${pausedText(done)}`,
      );
    });
}

export function createContactCommand(session: Session) {
  return newSiteCommand(
    'create-contact',
    'Make a Desk customer a contact in Teamwork.com, or all customers of a linked company',
    ['create-contact 2077', 'create-contact --company 1042 --json'],
  )
    .argument('[id]', 'the customer’s id in Desk', deskId)
    .option(
      '--company <id>',
      'a company’s id in Desk: everybody in it, earlier and excluded ones too',
      deskId,
    )
    .action(async (id, { json, site: named, company }) => {
      if ((id === undefined) === (company === undefined)) {
        throw usageFailure('Name one customer, or give --company for all of a company.');
      }
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      await refuseBeforeFirstSync(parts, site.id);
      if (company !== undefined) {
        const row = await oneLink(
          parts.reads,
          site.id,
          `desk:${company}`,
          ({ link }) => link.kind === 'company',
        );
        const done = await carryOut(parts, site.id, row, { verb: 'askForPeople' });
        answer(
          session,
          json,
          toJsonDone(done),
          () => `${countText(done.people, 'customer')} of the company will be made contacts.`,
        );
        return;
      }
      const done = await askFor(parts, site.id, 'customer', id ?? '');
      answer(
        session,
        json,
        toJsonDone(done),
        () => `Asked for: \`explain ${done.link}\` shows how it stands.${pausedText(done)}`,
      );
    });
}

async function askFor(parts: EngineParts, site: string, kind: Kind, id: string): Promise<Done> {
  const known = (await parts.reads.resolve(site, `desk:${id}`)).some(({ link }) => link.kind === kind);
  if (!known) await refuseUnlessThere(parts, site, kind, id);
  const link = await parts.operations.linkFor(site, kind, 'desk', id);
  const done = await operateOn(parts, site, { kind, link }, { verb: 'ask' });
  await noteOperation(parts, theCli, site, done.link, { verb: 'ask' });
  return done;
}

/** A record that nobody has heard of yet is looked for, so that a mistyped id gets no link. */
async function refuseUnlessThere(
  { apis, budget }: EngineParts,
  site: string,
  kind: Kind,
  id: string,
): Promise<void> {
  const api = await apis.of(site, 'desk');
  const asked = await budget.take({
    site,
    side: 'desk',
    priority: 2,
    patienceMs: 10_000,
    write: null,
    run: null,
  });
  if (!('granted' in asked)) throw failed('Desk cannot be asked now; try again in a minute.');
  try {
    await api.read(asked.granted, kind, id);
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'gone') throw error;
    throw new CommandFailure(exitCode.no, `There is no ${kind} ${id} in Desk.`, { id });
  }
}

function deskId(text: string): string {
  const id = text.replace(/^desk:/, '');
  if (/^\d{1,18}$/.test(id)) return id;
  throw usageFailure(`${text} is no id of Desk: give its number.`);
}
