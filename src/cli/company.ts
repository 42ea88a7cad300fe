/** `company create`: a company is made in Desk, and a client of it where the box is checked (R5). */
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { noteChange, theCli } from '../change-note';
import { makeCompany } from '../new-company';
import { readDomains } from '../site-forms';
import { failed } from './failures';
import { argument, newSiteCommand, programName } from './new-command';
import { toJsonDone } from './operation';
import { answer, chooseSite, type Session } from './session';

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
    .option(
      '--domains <list>',
      'email domains of its people, with commas between',
      argument((list) => readDomains(list.split(','))),
    )
    .option('--add-as-client', 'add it as a client in Teamwork.com, too')
    .action(async ({ json, site: siteNamed, name, website, email, domains = [], addAsClient = false }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, siteNamed);
      const fields = {
        ...{ name },
        ...(website === undefined ? {} : { website }),
        ...(email === undefined ? {} : { email }),
      };
      const result = await makeCompany(parts, site.id, { fields, domains, addAsClient });
      if ('unknown' in result) {
        throw failed(
          'Desk has not said yet whether it was made. It is looked for, and never made twice; the same command asks again.',
        );
      }
      const made = 'joined' in result ? result.joined.link : result.made.link;
      await noteChange(parts, theCli, site.id, 'company made', { link: made, addAsClient });
      if ('joined' in result) {
        const { joined } = result;
        answer(
          session,
          json,
          toJsonDone(joined),
          () => `Its broken link ${joined.link} is joined again, with its people; nothing else was made.`,
        );
        return;
      }
      const { link, deskId } = result.made;
      answer(session, json, { done: true, link, deskId }, () =>
        addAsClient
          ? `Made in Desk with id ${deskId}; link ${link} makes it a client: \`explain ${link}\` shows how it stands.`
          : `Made in Desk with id ${deskId}. It stands alone; \`add-as-client ${deskId}\` makes it a client.`,
      );
    });
}

function named(value: string): string {
  if (value.trim() !== '') return value.trim();
  throw new InvalidArgumentError('Expected a name.');
}
