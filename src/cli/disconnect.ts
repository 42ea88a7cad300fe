/** `disconnect`: lets go of a site, and deletes nothing. */
import { noteChange, theCli } from '../change-note';
import { sides } from '../domain/record';
import { disconnectSite } from '../disconnect';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { productOf } from '../wording/words';

export function disconnectCommand(session: Session) {
  return newSiteCommand(
    'disconnect',
    'Stop syncing a site; nothing is deleted, and `connect` takes it up again',
    ['disconnect --site acme'],
  ).action(async ({ json, site: named }) => {
    const ports = await session.engine();
    const { id } = await chooseSite(ports.store, named);
    const hooks = await disconnectSite(ports, id);
    await noteChange(ports, theCli, id, 'disconnected');
    const left = sides.filter((side) => hooks[side].problem !== 'disconnected');
    answer(session, json, { site: id, webhooksLeft: left }, () =>
      [
        `Disconnected ${id}: nothing is read or written any more, and nothing was deleted. \`connect --site ${id}\` takes it up again.`,
        ...left.map(
          (side) =>
            `${productOf[side]} did not let its webhooks be switched off: remove them in its settings.`,
        ),
      ].join('\n'),
    );
  });
}
