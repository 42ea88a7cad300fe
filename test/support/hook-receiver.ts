/** A receiver of webhooks on a port of its own: keeps what comes as it came, and answers as the test says. */
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './until';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly event: string;
  readonly uuid: string;
  readonly signature: string | undefined;
}

/** A status, or no answer at all. */
type Reply = number | 'silence';

export async function openReceiver() {
  const got: Received[] = [];
  let reply: Reply = 200;
  let open = 0;
  let mostOpen = 0;

  const server = createServer((request, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    response.on('close', () => (open -= 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url = '' } = request;
      const header = (name: string) => headers[`x-projects-${name}`] ?? headers[`x-desk-${name}`];
      const signature = header('signature');
      got.push({
        path: url,
        headers,
        raw: Buffer.concat(chunks),
        event: String(header('event')),
        uuid: String(header('delivery')),
        signature: signature === undefined ? undefined : String(signature),
      });
      if (reply !== 'silence') response.writeHead(reply, { Location: '/elsewhere' }).end('noted');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    /** The largest number of calls that were open at once. */
    mostOpen: () => mostOpen,
    replyWith(next: Reply): void {
      reply = next;
    },
    /** The calls so far, once there are this many. */
    async arrived(count: number): Promise<readonly Received[]> {
      await until(() => got.length >= count);
      return got;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

/** The signature that a body must carry. */
export function signed(raw: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(raw).digest('hex');
}

export function jsonIn({ raw }: Received): unknown {
  return JSON.parse(raw.toString('utf8'));
}
