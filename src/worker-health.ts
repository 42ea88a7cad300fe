/** Tells whoever restarts sick processes how this worker is: `/healthz` answers 200 while every queue is worked at. */
import { createServer } from 'node:http';
import { once } from 'node:events';

export interface HealthAnswers {
  close(): Promise<void>;
}

export async function answerForHealth(
  at: { readonly host: string; readonly port: number },
  isWorking: () => boolean,
): Promise<HealthAnswers> {
  const server = createServer((request, response) => {
    const [code, body] =
      request.url !== '/healthz'
        ? [404, { status: 'not found' }]
        : isWorking()
          ? [200, { status: 'ok' }]
          : [503, { status: 'not working' }];
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
