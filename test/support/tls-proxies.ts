/** TLS in front of a plain server: as Temporal and Postgres are met outside one's own network. */
import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Issued } from './certificates';

export interface TlsProxy {
  readonly port: number;
  /** Names of the clients that showed a certificate. */
  readonly clients: readonly string[];
  close(): Promise<void>;
}

interface Behind {
  readonly host: string;
  readonly port: number;
}

const pem = ({ certFile, keyFile }: Issued) => ({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
});

function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => peer.destroy());
    socket.on('close', () => peer.destroy());
  }
}

async function listening(server: Server, clients: readonly string[]): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    clients,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Lets in only clients whose certificate the authority vouches for. */
export function temporalBehindTls(behind: Behind, own: Issued, clientsCa: string): Promise<TlsProxy> {
  const clients: string[] = [];
  const options = {
    ...pem(own),
    ca: readFileSync(clientsCa),
    requestCert: true,
    rejectUnauthorized: true,
    ALPNProtocols: ['h2'],
  };
  const server = createTlsServer(options, (socket) => {
    clients.push(String(socket.getPeerCertificate().subject.CN));
    join(socket, connect(behind.port, behind.host));
  });
  return listening(server, clients);
}

/** What a Postgres client sends before it speaks TLS: a length of 8 and the number of the request. */
const wantsTls = Buffer.from('0000000804d2162f', 'hex');

/** Refuses clients that do not ask for TLS. */
export function postgresBehindTls(behind: Behind, own: Issued): Promise<TlsProxy> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      if (!first.equals(wantsTls)) return void socket.destroy();
      socket.write('S');
      join(new TLSSocket(socket, { isServer: true, ...pem(own) }), connect(behind.port, behind.host));
    });
  });
  return listening(server, []);
}
