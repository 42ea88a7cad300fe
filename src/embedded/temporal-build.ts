/** Builds the Temporal CLI with Go: a few minutes, once, into the cache. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startOnLeash } from './leash';
import { temporalCliVersion } from './temporal-version';

/** Later versions carry a replace directive, with which `go install` refuses them. */
export const temporalGoPackage = `github.com/temporalio/cli/cmd/temporal@v${temporalCliVersion}`;

export interface Build {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (elapsedSeconds: number) => void;
}

/** The path of the built binary, or why there is none. */
export async function buildTemporal({
  folder,
  signal,
  onProgress,
}: Build): Promise<{ path: string } | { says: string }> {
  const started = Date.now();
  const go = await promisify(execFile)('go', ['version']).catch(
    (error: unknown) => error as NodeJS.ErrnoException,
  );
  if (go instanceof Error) return { says: go.code === 'ENOENT' ? 'Go is not installed' : go.message };
  const build = await startOnLeash({
    command: ['env', `GOBIN=${folder}`, 'go', 'install', temporalGoPackage],
    stopSignal: 'TERM',
    graceSeconds: 5,
    logFile: join(folder, 'build.log'),
    // Outside any module: the checkout may lie inside one, whose settings would count.
    cwd: folder,
  });
  const progress = setInterval(() => onProgress(Math.round((Date.now() - started) / 1000)), 15_000);
  const onAbort = () => void build.stop();
  signal.addEventListener('abort', onAbort, { once: true });
  const end = await build.exited;
  clearInterval(progress);
  signal.removeEventListener('abort', onAbort);
  if (signal.aborted) return { says: 'stopped' };
  if (end !== 'it ended with exit code 0') return { says: `${end}: ${build.lastWords()}` };
  return { path: join(folder, 'temporal') };
}
