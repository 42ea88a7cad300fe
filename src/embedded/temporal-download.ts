/** Fetches the Temporal CLI by the SDK's own downloader, which knows the platforms, proxies and the vendor's address. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporalCliVersion } from './temporal-version';

/** The downloader has no time limit of its own, so it runs in a process that can be ended. It also starts the server once. */
const downloader = `
const { TestWorkflowEnvironment } = require(process.argv[1]);
const executable = { type: 'cached-download', version: process.argv[2], downloadDir: process.argv[3] };
TestWorkflowEnvironment.createLocal({ server: { executable } })
  .then((environment) => environment.teardown())
  .then(() => process.exit(0), (error) => { console.error(String(error.message)); process.exit(1); });
`;

export interface Download {
  readonly folder: string;
  /** Given up after this long without a new byte. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

/** The path of the downloaded binary, or why there is none. */
export async function downloadTemporal(download: Download): Promise<{ path: string } | { says: string }> {
  const version = `v${temporalCliVersion}`;
  const args = ['-e', downloader, require.resolve('@temporalio/testing'), version, download.folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  let ended = '';
  const end = (why: string) => {
    ended = why;
    // The whole group: the server that the SDK starts for a moment must not stay behind.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const onAbort = () => end('stopped');
  download.signal.addEventListener('abort', onAbort, { once: true });
  const watch = watchProgress(download, () => end(`nothing arrived for ${download.stallMs / 1000} s`));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      errors = error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  clearInterval(watch);
  download.signal.removeEventListener('abort', onAbort);
  if (code === 0) return { path: join(download.folder, `temporal-${version}`) };
  return { says: ended || lastCause(errors) };
}

function watchProgress({ folder, stallMs, onProgress }: Download, onStall: () => void): NodeJS.Timeout {
  let bytes = 0;
  let since = Date.now();
  return setInterval(() => {
    const now = folderBytes(folder);
    if (now > bytes) {
      bytes = now;
      since = Date.now();
      onProgress(bytes);
    } else if (Date.now() - since >= stallMs) onStall();
  }, 1000);
}

function folderBytes(folder: string): number {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

/** The SDK repeats itself, each cause after the request it belongs to; only the cause tells something. */
function lastCause(errors: string): string {
  return errors.trim().split('\n')[0]?.split('): ').at(-1) ?? 'failed';
}
