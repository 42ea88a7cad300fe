/** Which Temporal CLI serves, and what a candidate says of itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What is fetched or built where no usable CLI is found. */
export const temporalCliVersion = '1.5.1';

/** Priority and fairness of task queues, on which the order of API calls rests, came with this server. */
const leastServer = [1, 29] as const;

export type Candidate =
  { readonly usable: true; readonly server: string } | { readonly usable: false; readonly says: string };

/** Runs `<path> --version`. */
export async function tryTemporal(path: string): Promise<Candidate> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return judge(stdout);
  } catch (error) {
    const { code, message, stderr } = error as { code?: unknown; message: string; stderr?: string };
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    return { usable: false, says: missing ? 'not found' : firstLine(stderr ?? '') || firstLine(message) };
  }
}

function judge(output: string): Candidate {
  const server = /Server (\d+)\.(\d+)[^\s,)]*/.exec(output);
  if (!server) return { usable: false, says: `not a Temporal CLI: "${firstLine(output)}"` };
  const [major, minor] = [Number(server[1]), Number(server[2])];
  const [leastMajor, leastMinor] = leastServer;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) {
    return { usable: true, server: server[0].slice('Server '.length) };
  }
  const needed = `${leastMajor}.${leastMinor}`;
  return {
    usable: false,

    says: `too old: ${firstLine(output)}; server ${needed} or newer is needed`,
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
