/** `company create`: a company is made in Desk, and a client of it where the box is checked (R5). */
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { NewCompany, Ordered } from '../ports/new-companies';
import { CommandFailure, exitCode, failed } from './failures';
import { newSiteCommand, programName } from './new-command';
import { operateOn, refuseBeforeFirstSync, toJsonDone } from './operation';
import { answer, chooseSite, type EngineParts, type Session } from './session';

export function companyCommand(session: Session) {
  return new Command('company')
    .description('Make a company in Desk')
    .addHelpText('after', `\nExample:\n  $ ${programName} company create --name "Acme Ltd"`)
    .addCommand(companyCreateCommand(session));
}

function companyCreateCommand(session: Session) {
  return newSiteCommand(
    'create',
    'Make a company in Desk; it stands alone there unless it is added as a client in Teamwork.com',
    [
      'company create --name "Acme Ltd" --website acme.example --domains acme.example,acme.test',
      'company create --name "Acme Ltd" --add-as-client --json',
    ],
  )
    .requiredOption('--name <name>', 'its name', named)
    .option('--website <address>', 'its website')
    .option('--email <email>', 'its email')
    .option('--domains <list>', 'email domains of its people, with commas between', domainList)
    .option('--add-as-client', 'add it as a client in Teamwork.com, too')
    .action(async ({ json, site: siteNamed, name, website, email, domains = [], addAsClient = false }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, siteNamed);
      await refuseBeforeFirstSync(parts, site.id);
      const fields = {
        ...{ name },
        ...(website === undefined ? {} : { website }),
        ...(email === undefined ? {} : { email }),
      };
      const company = { fields, domains, addAsClient };
      const ordered = await parts.operations.orderCompany(site.id, company);
      if ('tombstone' in ordered) {
        const done = await operateOn(
          parts,
          site.id,
          { kind: 'company', link: ordered.tombstone },
          { verb: 'ask' },
        );
        answer(
          session,
          json,
          toJsonDone(done),
          () => `Its broken link ${done.link} is joined again, with its people; nothing else was made.`,
        );
        return;
      }
      const { link, deskId } = await make(parts, site.id, company, ordered);
      answer(session, json, { done: true, link, deskId }, () =>
        addAsClient
          ? `Made in Desk with id ${deskId}; link ${link} makes it a client: \`explain ${link}\` shows how it stands.`
          : `Made in Desk with id ${deskId}. It stands alone; \`add-as-client ${deskId}\` makes it a client.`,
      );
    });
}

const refusals = {
  refused: 'Desk refused the company as it was given.',
  forbidden: 'The Desk credential may not make companies: `doctor` says what it lacks.',
  paused: 'The site is paused, so nothing was made. `resume` lets it go on; ask again then.',
  frozen: 'The site is frozen, so nothing was made: `doctor` says what to do.',
} as const;

async function make(
  { client }: EngineParts,
  site: string,
  { addAsClient }: NewCompany,
  ordered: Exclude<Ordered, { tombstone: number }>,
) {
  if ('taken' in ordered) {
    const { id, link } = ordered.taken;
    throw new CommandFailure(
      exitCode.no,
      `Its name is taken in Teamwork.com: company teamwork:${id}${link === null ? ', the owner company' : `, link ${link}`}. Nothing was made.`,
      { refused: 'taken', holder: ordered.taken },
    );
  }
  if ('underWay' in ordered) {
    throw new CommandFailure(
      exitCode.no,
      'Another company of this name is being made. Ask again when it is.',
    );
  }
  const result = await client.createCompany(site, ordered.order);
  if (result === null) {
    throw failed(
      'Desk has not said yet whether it was made. It is looked for, and never made twice; the same command asks again.',
    );
  }
  if (result.state === 'made') return result;
  const { why, holder } = result;
  if (why !== 'taken') throw new CommandFailure(exitCode.no, refusals[why], { refused: why });
  const who = holder === null ? '' : `: company desk:${holder}`;
  const instead =
    addAsClient && holder !== null ? ` \`add-as-client ${holder}\` makes that one a client.` : '';
  throw new CommandFailure(exitCode.no, `Its name is taken in Desk${who}. Nothing was made.${instead}`, {
    refused: 'taken',
    holder: holder === null ? null : { side: 'desk', id: holder },
  });
}

function named(value: string): string {
  if (value.trim() !== '') return value.trim();
  throw new InvalidArgumentError('Expected a name.');
}

function domainList(value: string): readonly string[] {
  const domains = value.split(',').map((domain) => domain.trim().toLowerCase());
  if (domains.every((domain) => /^(\*\.?)?[^\s.@/]+(\.[^\s.@/]+)+$/.test(domain)))
    return [...new Set(domains)];
  throw new InvalidArgumentError('Expected domains such as acme.example, with commas between.');
}
