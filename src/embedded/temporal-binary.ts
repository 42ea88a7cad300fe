/** Finds a Temporal CLI: configured, on the path, cached, downloaded or built, in this order. */
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error';
import { takeLock } from './lock-file';
import { buildTemporal, temporalGoPackage } from './temporal-build';
import { downloadTemporal } from './temporal-download';
import { temporalCliVersion, tryTemporal } from './temporal-version';

export interface TemporalSearch {
  /** TEMPORAL_CLI_PATH, which counts alone: an operator who set it wants that one or to hear why not. */
  readonly cliPath?: string | undefined;
  /** The first one that can be written keeps what is fetched. */
  readonly cacheDirs: readonly string[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const binaryName = `temporal-${temporalCliVersion}`;
const downloadStallMs = 20_000;

/** The path of a usable `temporal`; an EmbeddedError that lists every attempt if there is none. */
export async function findTemporal(search: TemporalSearch): Promise<string> {
  const tried: string[] = [];
  if (search.cliPath !== undefined) {
    if (await isUsable(search.cliPath, 'TEMPORAL_CLI_PATH', tried, search)) return search.cliPath;
    throw new EmbeddedError(
      `The Temporal CLI of TEMPORAL_CLI_PATH cannot be used:\n${list(tried)}\nSet TEMPORAL_CLI_PATH to a working ` +
        'Temporal CLI, or unset it to have one found.',
    );
  }
  if (await isUsable('temporal', '`temporal` on the PATH', tried, search)) return 'temporal';
  const cached = await findCached(search, tried);
  return cached ?? (await fetchOnce(search, tried));
}

async function findCached(search: TemporalSearch, tried: string[]): Promise<string | undefined> {
  for (const folder of search.cacheDirs) {
    const path = join(folder, binaryName);
    if (await isUsable(path, `the cache, ${path}`, tried, search)) return path;
  }
  return undefined;
}

async function isUsable(
  path: string,
  label: string,
  tried: string[],
  search: TemporalSearch,
): Promise<boolean> {
  const candidate = await tryTemporal(path);
  if (candidate.usable) search.say(`Temporal: using ${label} (server ${candidate.server})`);
  else tried.push(`${label}: ${candidate.says}`);
  return candidate.usable;
}

/** Several starts may come here at once; one fetches, the others wait for it. */
async function fetchOnce(search: TemporalSearch, tried: string[]): Promise<string> {
  const cache = search.cacheDirs.find(isWritable);
  if (cache === undefined)
    throw nothing([...tried, `no cache can be written: ${search.cacheDirs.join(', ')}`]);
  let told = false;
  for (;;) {
    search.signal.throwIfAborted();
    const lock = await takeLock(join(cache, 'temporal.lock'));
    if ('release' in lock) {
      try {
        return (await findCached(search, [])) ?? (await fetchInto(cache, search, tried));
      } finally {
        lock.release();
      }
    }
    if (!told)
      search.say(`Temporal: another start (process ${lock.heldBy}) is fetching the CLI; waiting for it`);
    told = true;
    await sleep(1000);
  }
}

async function fetchInto(cache: string, search: TemporalSearch, tried: string[]): Promise<string> {
  const { say, signal } = search;
  for (const left of readdirSync(cache).filter((name) => name.startsWith('fetching-'))) {
    rmSync(join(cache, left), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(cache, 'fetching-'));
  try {
    say(`Temporal: downloading the CLI ${temporalCliVersion}, once`);
    const onBytes = (bytes: number) =>
      say(`Temporal: downloading the CLI: ${Math.round(bytes / 1e6)} MB so far`);
    const download = await downloadTemporal({
      folder,
      stallMs: downloadStallMs,
      signal,
      onProgress: onBytes,
    });
    const downloaded = await keep(download, cache, 'download by the SDK', tried, search);
    if (downloaded) return downloaded;
    signal.throwIfAborted();

    say(`Temporal: no download; building the CLI with Go, once: this takes minutes`);
    const build = await buildTemporal({
      folder,
      signal,
      onProgress: (seconds) => say(`Temporal: building the CLI: ${minutes(seconds)} so far`),
    });
    const built = await keep(build, cache, `go install ${temporalGoPackage}`, tried, search);
    if (built) return built;
    signal.throwIfAborted();
    throw nothing(tried);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A rename is all or nothing, so a start that is killed leaves no half binary behind. */
async function keep(
  fetched: { path: string } | { says: string },
  cache: string,
  label: string,
  tried: string[],
  search: TemporalSearch,
): Promise<string | undefined> {
  if ('says' in fetched) {
    tried.push(`${label}: ${fetched.says}`);
    return undefined;
  }
  if (!(await isUsable(fetched.path, label, tried, search))) return undefined;
  const path = join(cache, binaryName);
  chmodSync(fetched.path, 0o755);
  renameSync(fetched.path, path);
  return path;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function nothing(tried: readonly string[]): EmbeddedError {
  return new EmbeddedError(
    `No Temporal CLI can be had on this machine. Tried:\n${list(tried)}\n` +
      `Put a Temporal CLI ${temporalCliVersion} or newer on this machine (https://docs.temporal.io/cli), set ` +
      'TEMPORAL_CLI_PATH to it and start again.',
  );
}

function list(tried: readonly string[]): string {
  return tried.map((line) => `  - ${line}`).join('\n');
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
