/** A way to a server that can be cut, or left open with nothing coming through. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Passage = 'open' | 'cut' | 'silent';

export class Cuttable {
  private readonly sockets = new Set<Socket>();
  private passage: Passage = 'open';

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {
    server.on('connection', (from) => this.pass(from));
  }

  static async before(target: URL): Promise<Cuttable> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Cuttable(server, { host: target.hostname, port: Number(target.port) });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What goes through from now on; `cut` ends what is connected. */
  set(passage: Passage): void {
    this.passage = passage;
    for (const socket of this.sockets) {
      if (passage === 'cut') socket.destroy();
      else if (passage === 'silent') socket.pause();
      else socket.resume();
    }
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise((done) => this.server.close(done));
  }

  private pass(from: Socket): void {
    if (this.passage === 'cut') {
      from.destroy();
      return;
    }
    const to = connect(this.target.port, this.target.host);
    const ends = [
      [from, to],
      [to, from],
    ] as const;
    for (const [one, other] of ends) {
      this.sockets.add(one);
      one.on('data', (bytes) => other.write(bytes));
      // A cut connection tells both ends.
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      if (this.passage === 'silent') one.pause();
    }
  }
}
