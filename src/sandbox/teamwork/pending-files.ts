/** Uploading avatars and logos: a reference and an address to PUT the bytes to, or the older form upload. */
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { bytesOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf } from '../context';
import type { PendingFile } from '../teamwork-records';
import { toSeconds } from '../clock';
import { v1Refusal } from './errors';
import { formFile } from './multipart';
import { originOf } from './origin';
import { parametersOf } from './parameters';

const LIVES_SECONDS = 600;
const SIGNED_HEADERS = 'content-length;host;x-amz-acl';

function newRef(fileName: string): string {
  const extension = /^\.[A-Za-z0-9]{1,8}$/.exec(extname(fileName))?.[0] ?? '';
  return `tf_${randomUUID().toUpperCase()}${extension}`;
}

export function registerPendingFiles(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;
  const unsigned = { token: null, cause: 'api' as const };

  function pendingFile(fileName: string, size: number): Omit<PendingFile, 'id'> {
    return {
      ref: newRef(fileName),
      fileName,
      size,
      contentType: 'application/octet-stream',
      storedAs: null,
      used: false,
      expiresAt: toSeconds(ctx.clock.nowMs() + LIVES_SECONDS * 1000),
    };
  }

  /** Keeps the bytes under a new name: every upload has an address of its own. */
  function store(ref: string, contentType: string, bytes: Buffer): string {
    const name = `avatars/twia_${randomUUID().replaceAll('-', '')}${extname(ref)}`;
    const row = { name, contentType, base64: bytes.toString('base64') };
    return world.tables.storedFiles.insert(row, unsigned).name;
  }

  app.get('/projects/api/v1/pendingfiles/presignedurl.json', (request) => {
    const { fileName = '', fileSize = '' } = parametersOf(request);
    if (fileName === '') throw v1Refusal(400, 'fileName is required');
    if (!/^[1-9]\d{0,9}$/.test(fileSize)) throw v1Refusal(400, 'fileSize must be greater than zero');
    const row = world.tables.pendingFiles.insert(pendingFile(fileName, Number(fileSize)), authorOf(request));
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Expires': String(LIVES_SECONDS),
      'X-Amz-SignedHeaders': SIGNED_HEADERS,
      'X-Amz-Signature': randomUUID().replaceAll('-', ''),
    });
    return { ref: row.ref, url: `${originOf(request)}/files/uploads/${row.ref}?${query.toString()}` };
  });

  app.put<{ Params: { ref: string } }>('/files/uploads/:ref', (request, reply) => {
    const file = world.tables.pendingFiles.by('ref', request.params.ref)[0];
    const bytes = bytesOf(request);
    const refuse = (status: number, code: string) =>
      reply.status(status).type('application/xml').send(`<Error><Code>${code}</Code></Error>`);
    if (!file || file.expiresAt < world.now()) return refuse(403, 'AccessDenied');
    if (request.headers.authorization !== undefined) return refuse(400, 'InvalidArgument');
    if (request.headers['x-amz-acl'] !== 'public-read') return refuse(403, 'SignatureDoesNotMatch');
    if (request.headers['content-length'] === undefined) return refuse(411, 'MissingContentLength');
    if (bytes.length !== file.size) return refuse(403, 'SignatureDoesNotMatch');
    const contentType = request.headers['content-type'] ?? file.contentType;
    const storedAs = store(file.ref, contentType, bytes);
    world.tables.pendingFiles.update(file.id, { storedAs, contentType }, unsigned);
    return reply.status(200).send();
  });

  app.post('/pendingfiles.json', (request, reply) => {
    const upload = formFile(bytesOf(request), request.headers['content-type'] ?? '', 'file');
    if (!upload || upload.bytes.length === 0) throw v1Refusal(422, 'file is required');
    const { fileName, contentType, bytes } = upload;
    const file = pendingFile(fileName, bytes.length);
    const storedAs = store(file.ref, contentType, bytes);
    world.tables.pendingFiles.insert({ ...file, storedAs, contentType }, authorOf(request));
    return reply.status(201).send({ pendingFile: { ref: file.ref } });
  });
}
