/** Chooses the loopback ports of the embedded servers. */
import { createServer } from 'node:net';
import { EmbeddedError } from './embedded-error';

export interface PortWish {
  /** The configuration variable that may fix the port. */
  readonly variable: string;
  readonly fixed?: number | undefined;
  /** Taken when nothing is fixed and it is free; without it any free port. */
  readonly usual?: number | undefined;
}

/** The port to listen on; an EmbeddedError if the operator fixed one that is taken. */
export async function choosePort({ variable, fixed, usual }: PortWish): Promise<number> {
  if (fixed !== undefined) {
    if ((await tryPort(fixed)) !== undefined) return fixed;
    throw new EmbeddedError(
      `Port ${fixed} (${variable}) is taken by another program: stop that, or set ${variable} to a free port.`,
    );
  }
  const port = (usual === undefined ? undefined : await tryPort(usual)) ?? (await tryPort(0));
  if (port === undefined)
    throw new EmbeddedError('No port is free on 127.0.0.1: end some programs and start again.');
  return port;
}

const attempts = 3;

/** Starts again, with ports chosen anew, where another program took one in the moment between choice and use. */
export async function withFreePorts<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const isTaken = error instanceof EmbeddedError && /address already in use/i.test(error.message);
      if (!isTaken || attempt === attempts) throw error;
    }
  }
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
