/** Which Temporal CLI serves, and what a candidate says of itself. */
import { execFile } from 'node:child_process';

/** What is fetched or built where no usable CLI is found. */
export const temporalCliVersion = '1.5.1';

/** Priority and fairness of task queues, on which the order of API calls rests, came with this server. */
const leastServer = [1, 29] as const;

export type Candidate =
  | { readonly usable: true; readonly server: string }
  | { readonly usable: false; readonly missing: boolean; readonly says: string };

/** Runs `<path> --version`. */
export function tryTemporal(path: string): Promise<Candidate> {
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 20_000 }, (error, stdout, stderr) => {
      if (error) {
        const missing = error.code === 'ENOENT';
        const says = missing ? 'not found' : firstLine(stderr) || firstLine(error.message);
        resolve({ usable: false, missing, says });
      } else resolve(judge(stdout));
    });
  });
}

function judge(output: string): Candidate {
  const server = /Server (\d+)\.(\d+)[^\s,)]*/.exec(output);
  if (!server) return { usable: false, missing: false, says: `not a Temporal CLI: "${firstLine(output)}"` };
  const [major, minor] = [Number(server[1]), Number(server[2])];
  const [leastMajor, leastMinor] = leastServer;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) {
    return { usable: true, server: server[0].slice('Server '.length) };
  }
  const needed = `${leastMajor}.${leastMinor}`;
  return {
    usable: false,
    missing: false,
    says: `too old: ${firstLine(output)}; server ${needed} or newer is needed`,
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
