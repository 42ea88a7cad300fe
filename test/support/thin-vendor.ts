/** Stands between the engine and the sandbox: it leaves keys out of what the vendor answers, or leads to another sandbox. */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export async function openThinVendor(first: string) {
  let target = first;
  let left: readonly string[] = [];
  const without = (bytes: Buffer): string =>
    JSON.stringify(
      JSON.parse(bytes.toString('utf8'), (key, value: unknown) => (left.includes(key) ? undefined : value)),
    );

  const server = createServer((asked, response) => {
    // The host that was asked for stays, for the vendor makes the addresses of pictures of it.
    const { method, headers } = asked;
    const onward = send(`${target}${asked.url ?? '/'}`, { method, headers }, (answer) => {
      void buffer(answer).then((bytes) => {
        const isJson = (answer.headers['content-type'] ?? '').includes('json');
        const body = isJson && bytes.length > 0 && left.length > 0 ? Buffer.from(without(bytes)) : bytes;
        response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': body.length });
        response.end(body);
      });
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on, these and no others. */
    leavesOut: (...keys: readonly string[]): void => {
      left = keys;
    },
    /** From now on, another account answers. */
    leadTo: (url: string): void => {
      target = url;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

export type ThinVendor = Awaited<ReturnType<typeof openThinVendor>>;
