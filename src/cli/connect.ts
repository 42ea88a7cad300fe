/** `connect`: a site's address and credentials, checked before anything is stored. */
import { readFile } from 'node:fs/promises';
import { Option } from '@commander-js/extra-typings';
import { noteChange, theCli } from '../change-note';
import { connectSite, testSite, type Connected, type ConnectInput } from '../connect';
import type { Credentials } from '../ports/sites';
import type { Store } from '../ports/store';
import { usageFailure } from './failures';
import { hooksLine } from '../wording/hooks-text';
import { argument, newSiteCommand } from './new-command';
import { answer, type Session } from './session';
import { readPastDate, readSiteName, readSiteUrl } from '../site-forms';

export function connectCommand(session: Session) {
  return newSiteCommand('connect', 'Connect a site, or give a connected one other credentials', [
    'connect --site acme --url https://acme.teamwork.com --teamwork-token-file tw.key --desk-token-file desk.key',
    'connect --site acme --test --teamwork-token-file tw.key --desk-token-file desk.key',
    'connect --site acme --vendor-sync off',
  ])
    .option('--url <url>', "the site's address", argument(readSiteUrl))
    .option(
      '--teamwork-token-file <file>',
      'file with the Teamwork.com API key; - reads stdin; else TEAMWORK_TOKEN',
    )
    .option('--desk-token-file <file>', 'file with the Desk API key; - reads stdin; else DESK_TOKEN')
    .option(
      '--desk-created <date>',
      'when this Desk was made: from 2023-11-01 on its InitialSync starts by itself',
      argument(readPastDate),
    )
    .addOption(
      new Option(
        '--vendor-sync <on|off>',
        "whether the vendor's own sync runs; while it does, records are only linked",
      ).choices(['on', 'off'] as const),
    )
    .option('--test', 'only try both credentials and their rights; nothing is kept')
    .option(
      '--rotate-hook-secrets',
      'sign the webhooks with new secrets; both are taken until the vendors use them',
    )
    .action(
      async ({ json, site: named, url, deskCreated, vendorSync, rotateHookSecrets, test, ...files }) => {
        const ports = await session.engine();
        const credentials = await readCredentials(session, files);
        const access = {
          site: siteName(named ?? (await onlySite(ports.store))),
          credentials,
          ...(url === undefined ? {} : { url }),
        };
        if (test === true) {
          const tested = await testSite(ports, access);
          answer(
            session,
            json,
            { ...tested, kept: false },
            () =>
              `Both credentials work at ${tested.url} and have the rights that are needed. Nothing was kept.`,
          );
          return;
        }
        const connected = await connectSite(ports, {
          ...access,
          ...(deskCreated === undefined ? {} : { deskCreatedAt: deskCreated }),
          ...(vendorSync === undefined ? {} : { vendorSync }),
          ...(rotateHookSecrets === undefined ? {} : { rotateHookSecrets }),
        } satisfies ConnectInput);
        await noteChange(ports, theCli, connected.site, 'connection tested and kept', {
          ...{ url: connected.url, newTeamworkToken: credentials.teamwork !== undefined },
          ...{ newDeskToken: credentials.desk !== undefined, vendorSync: vendorSync ?? null },
          rotateHookSecrets: rotateHookSecrets === true,
        });
        answer(session, json, connected, () => describe(connected));
      },
    );
}

function describe({ site, url, isNew, adoptOnly, hooks, run }: Connected): string {
  const what = isNew
    ? `Connected ${site} at ${url}. Both credentials work and have the rights that are needed.`
    : `Site ${site} at ${url} has been checked; what you gave is in use from now on.`;
  const vendor = adoptOnly
    ? "\nThe vendor's own sync seems to run here. Until you say which of the two runs, records are only linked: switch it off in Desk, then `connect --vendor-sync off`."
    : '';
  const next =
    run === null
      ? '\nNothing is written until the InitialSync is started: `sync plan` shows what it would do, `sync start` starts it.'
      : `\nIts InitialSync has started (run ${run}): \`sync start\` shows its progress.`;
  return `${what}\n${hooksLine(hooks)}${vendor}` + (isNew || run !== null ? next : '');
}

async function readCredentials(
  session: Session,
  {
    teamworkTokenFile,
    deskTokenFile,
  }: { readonly teamworkTokenFile?: string | undefined; readonly deskTokenFile?: string | undefined },
): Promise<Partial<Credentials>> {
  if (teamworkTokenFile === '-' && deskTokenFile === '-') {
    throw usageFailure(
      'Only one of the two tokens can be read from stdin: give the other by a file or the environment.',
    );
  }
  const given = { ...session.credentials() };
  if (teamworkTokenFile !== undefined) given.teamwork = await readToken(teamworkTokenFile);
  if (deskTokenFile !== undefined) given.desk = await readToken(deskTokenFile);
  return given;
}

async function readToken(file: string): Promise<string> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw usageFailure(`The token file ${file} cannot be read (${code}).`);
  });
  const token = text.trim();
  if (token === '' || /\s/.test(token))
    throw usageFailure(`The token file ${file} does not hold one token on one line.`);
  return token;
}

async function onlySite(store: Store): Promise<string> {
  const [only, ...others] = await store.sites();
  if (only === undefined) throw usageFailure('Give the new site a name with --site, such as --site acme.');
  if (others.length > 0) throw usageFailure('There are several sites: say which one with --site.');
  return only.id;
}

function siteName(name: string): string {
  const read = readSiteName(name);
  if ('problem' in read) throw usageFailure(read.problem);
  return read.value;
}
