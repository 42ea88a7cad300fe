/**
 * Stands between the engine and the sandbox and lets everything through, but for one call that it is told to hold: before
 * the sandbox hears of it, or after it took effect and before it is answered. Whoever held it can then kill the caller.
 */
import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export type Moment = 'before' | 'after';

interface Hold {
  readonly call: RegExp;
  readonly moment: Moment;
  readonly caught: () => void;
}

export class Gate {
  private hold: Hold | null = null;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('request', (call, answer) => void this.pass(call, answer));
  }

  static async open(target: string): Promise<Gate> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Gate(server, new URL(target));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the next call that looks like `METHOD /path` is held; it is never answered. */
  async catchNext(call: RegExp, moment: Moment): Promise<void> {
    await new Promise<void>((caught) => (this.hold = { call, moment, caught }));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async pass(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of call as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url = '' } = call;
    const held = this.hold?.call.test(`${method} ${url}`) === true ? this.hold : null;
    if (held !== null) this.hold = null;
    if (held?.moment === 'before') {
      held.caught();
      return;
    }
    const options = {
      method,
      headers: call.headers,
      host: this.target.hostname,
      port: this.target.port,
      path: url,
    };
    const forwarded = send(options, (from) => {
      const body: Buffer[] = [];
      from.on('data', (chunk: Buffer) => body.push(chunk));
      from.on('end', () => {
        if (held === null) answer.writeHead(from.statusCode ?? 502, from.headers).end(Buffer.concat(body));
        else held.caught();
      });
    });
    forwarded.on('error', () => answer.destroy());
    forwarded.end(Buffer.concat(chunks));
  }
}
