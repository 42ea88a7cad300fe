/** `re-encrypt`: puts every stored credential under the newest key, after which the former ones can go. */
import { noteChange, theCli } from '../change-note';
import { fewAtOnce, sitesAtOnce } from '../few-at-once';
import { countText } from '../wording/words';
import { exitCode } from './failures';
import { newCommand } from './new-command';
import { answer, type Session } from './session';

export function reEncryptCommand(session: Session) {
  return newCommand(
    're-encrypt',
    'Encrypt all credentials with the first key of ENCRYPTION_KEY; may be broken off and run again',
    ['re-encrypt', 're-encrypt --json'],
  ).action(async ({ json }) => {
    const parts = await session.storeParts();
    const sites = await fewAtOnce(await parts.store.sites(), sitesAtOnce, async ({ id }) => {
      const encrypted = await parts.keys.encryptAnew(id);
      return { site: id, encrypted, ...(await parts.keys.keyStanding(id)) };
    });
    const encrypted = sites.reduce((sum, one) => sum + one.encrypted, 0);
    const left = sites.flatMap(({ site, missing }) => (missing.length === 0 ? [] : [{ site, missing }]));
    if (encrypted > 0) {
      await noteChange(parts, theCli, null, 'credentials encrypted anew', {
        sites: sites.filter((one) => one.encrypted > 0).length,
        ...{ encrypted, key: sites[0]?.newest },
      });
    }
    answer(session, json, { sites: sites.length, encrypted, left }, () =>
      [
        `${countText(encrypted, 'secret')} of ${countText(sites.length, 'site')} encrypted anew.`,
        ...left.map(
          ({ site, missing }) =>
            `Site ${site} is encrypted with key ${missing.join(', ')}, which ENCRYPTION_KEY does not hold: add it there, or connect the site again.`,
        ),
        ...(left.length === 0 ? ['Nothing is under a former key any more: they can be taken away.'] : []),
      ].join('\n'),
    );
    if (left.length > 0) session.exitWith(exitCode.no);
  });
}
