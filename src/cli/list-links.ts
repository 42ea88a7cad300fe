/** `companies` and `customers`: links of a kind, by status and search. */
import { Option } from '@commander-js/extra-typings';
import { statuses } from '../domain/link';
import type { Kind } from '../domain/record';
import { linkLines, toJsonLink } from './link-table';
import { newSiteCommand, positive } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { codeText, countText, pluralOf } from '../wording/words';

export function companiesCommand(session: Session) {
  return listCommand(session, 'company', 'List companies of both sides with their links');
}

export function customersCommand(session: Session) {
  return listCommand(
    session,
    'customer',
    'List people (contacts, client users, Desk customers) with their links',
  );
}

function listCommand(session: Session, kind: Kind, summary: string) {
  const name = pluralOf[kind];
  return newSiteCommand(name, summary, [name, `${name} --status failing`, `${name} --search acme --json`])
    .addOption(new Option('--status <status>', 'only links in this status').choices(statuses))
    .option('--search <text>', 'only records whose name, email or id holds this text')
    .option('--limit <n>', 'how many are listed', positive, 50)
    .action(async ({ json, site: named, status, search, limit }) => {
      const { store, reads } = await session.storeParts();
      const site = await chooseSite(store, named);
      const filter = {
        kind,
        ...(status === undefined ? {} : { status }),
        ...(search === undefined ? {} : { search }),
      };
      const found = await reads.links(site.id, { ...filter, limit: limit + 1 });
      const rows = found.slice(0, limit);
      const more = found.length > limit;
      answer(session, json, { [name]: rows.map(toJsonLink), more }, () => {
        if (rows.length === 0)
          return `No ${name}${status === undefined ? '' : ` are ${codeText(status)}`} here.`;
        const rest = more
          ? [`The first ${countText(limit, 'link')}; --limit, --status and --search show others.`]
          : [];
        return [...linkLines(kind, rows, session.terminal), ...rest].join('\n');
      });
    });
}
