/** What every command is given: where to write, the engine's parts, and how to end. */
import type { SyncClient } from '../client';
import type { EngineParts, StoreParts } from '../engine-parts';
import type { Credentials, Site } from '../ports/sites';
import type { Store } from '../ports/store';
import { usageFailure, type ExitCode } from './failures';
import { toJson } from './plain-text';
import type { Terminal } from './terminal';

export interface Session {
  readonly terminal: Terminal;
  /** Every way to the parts opens them at the first call; they are closed when the command ends. */
  storeParts(): Promise<StoreParts>;
  temporal(): Promise<SyncClient>;
  engine(): Promise<EngineParts>;
  /** Where people open the console. */
  consoleUrl(): string;
  /** What the environment says of a site to connect. */
  credentials(): Partial<Credentials>;
  /** For `doctor`: what is wrong with the configuration, and what the database lacks of this program's schema. */
  configProblems(): readonly string[];
  missingMigrations(): Promise<readonly string[]>;
  /** Aborts when the person presses Ctrl-C; from the first use on that no longer ends the process. */
  untilInterrupted(): AbortSignal;
  exitWith(code: ExitCode): void;
}

/** The answer: JSON where it was asked for, else the text. */
export function answer(
  session: Session,
  json: boolean | undefined,
  value: unknown,
  text: () => string,
): void {
  session.terminal.print(json === true ? toJson(value) : text());
}

/** The site that is meant: the one named, or the only one there is. */
export async function chooseSite(store: Store, named: string | undefined): Promise<Site> {
  if (named !== undefined) {
    const site = await store.site(named);
    if (site !== null) return site;
  }
  const sites = await store.sites();
  const [only, ...others] = sites;
  if (only === undefined) throw usageFailure('No site is connected yet: `connect` does that.', { sites: [] });
  if (named === undefined && others.length === 0) return only;
  const names = sites.map(({ id }) => id);
  const list = names.join(', ');
  const message =
    named === undefined
      ? `There are several sites: say which one with --site (${list}).`
      : `There is no site ${named}; connected: ${list}.`;
  throw usageFailure(message, { sites: names });
}
