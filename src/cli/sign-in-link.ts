/** `sign-in-link`: a link that signs in to the console once; how the first administrator comes in. */
import { Option } from '@commander-js/extra-typings';
import { linkLastsMs, signInLink } from '../sign-in-link';
import { newCommand } from './new-command';
import { answer, type Session } from './session';

export function signInLinkCommand(session: Session) {
  return newCommand('sign-in-link', 'Print a link that signs in to the console once, within an hour', [
    'sign-in-link',
    'sign-in-link --name Ada --role operator --json',
  ])
    .option('--name <name>', 'the user; made with the role if there is none of that name', 'administrator')
    .addOption(
      new Option('--role <role>', 'of a user who is made by this')
        .choices(['viewer', 'operator', 'administrator'] as const)
        .default('administrator' as const),
    )
    .action(async ({ json, name, role }) => {
      const { accounts } = await session.storeParts();
      const url = await signInLink(accounts, session.consoleUrl(), { name, role });
      answer(session, json, { url, name, role, expiresInSeconds: linkLastsMs / 1_000 }, () => url);
    });
}
