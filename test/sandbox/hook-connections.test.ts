/** The connections to a hook: kept and used again, given up where the hook closed them, cut at the end. */
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createPoster } from '../../src/sandbox/hooks/post';
import { until } from '../support/until';

const poster = createPoster();
const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  poster.stop();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const send = (url: string, timeoutMs = 60_000) => poster.post({ url, headers: {}, body: 'x', timeoutMs });

test('one after the other go over one connection', async () => {
  const sockets = new Set<Socket>();
  const url = await listen((request, response) => {
    sockets.add(request.socket);
    response.end('ok');
  });
  for (let n = 0; n < 3; n += 1) expect(await send(url)).toBe(200);
  expect(sockets.size).toBe(1);
});

test('a kept connection that the hook closes at the next call costs that call nothing', async () => {
  const used = new Set<Socket>();
  let cut = 0;
  const url = await listen(({ socket }, response) => {
    if (used.has(socket)) {
      cut += 1;
      socket.resetAndDestroy();
      return;
    }
    used.add(socket);
    response.end('ok');
  });
  expect(await send(url)).toBe(200);
  expect(await send(url)).toBe(200);
  expect(cut).toBe(1);
});

test('a fresh connection that is cut is no answer, and is not tried again', async () => {
  let calls = 0;
  const url = await listen(({ socket }) => {
    calls += 1;
    socket.resetAndDestroy();
  });
  expect([await send(url), calls]).toEqual([0, 1]);
});

test('an answer counts when it begins; one that never ends is cut in time', async () => {
  let closed = false;
  const url = await listen((_request, response) => {
    response.on('close', () => (closed = true));
    response.writeHead(200).write('and so on');
  });
  expect(await send(url, 200)).toBe(200);
  await until(() => closed);
});

test('stopping cuts what is under way', async () => {
  let isThere = false;
  const url = await listen(() => (isThere = true));
  const answer = send(url);
  await until(() => isThere);
  poster.stop();
  expect(await answer).toBe(0);
});
