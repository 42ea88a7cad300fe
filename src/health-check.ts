/** The image's health check: ends with 0 while the program of its container, server or worker, says that it is well. */
import { readConfig } from './config';

const answerWithinMs = 4_000;

async function main(): Promise<void> {
  const { host, consolePort, workerHealthPort } = readConfig();
  const ports = [consolePort, ...(workerHealthPort === undefined ? [] : [workerHealthPort])];
  // Who listens on all addresses is asked on this machine's own.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  await Promise.any(ports.map((port) => askAt(`http://${name}:${port}/healthz`)));
}

async function askAt(url: string): Promise<void> {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
  if (!ok) throw new Error(`${url} answers ${status}.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const reasons: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const reason of reasons) process.stderr.write(`${String(reason)}\n`);
    process.exit(1);
  },
);
