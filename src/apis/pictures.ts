/** Files that stand outside the APIs: pictures that are fetched and addresses that they are uploaded to (R8). */
import { lookup as resolve } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { allowedUrl, isPublic, type FileHosts } from './file-addresses';

export interface PictureRules extends FileHosts {
  readonly timeoutMs: number;
}

export interface Picture {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly extension: string;
}

export const largestPictureBytes = 5 * 1024 * 1024;

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** No usable answer came, which may pass; what can never be had is `null` instead. */
export class FileUnavailable extends Error {
  override readonly name = 'FileUnavailable';
}

/** The picture; null where there is none to be had: another host, a redirect, a refusal, too large, no picture. */
export async function fetchPicture(rules: PictureRules, address: string): Promise<Picture | null> {
  const url = allowedUrl(rules, address);
  if (url === null) return null;
  const answer = await exchange(rules, url, { method: 'GET', headers: { Accept: 'image/*' } });
  if (answer.status !== 200 || answer.bytes === null) return null;
  const contentType = (answer.contentType.split(';')[0] ?? '').trim().toLowerCase();
  const extension = extensions[contentType];
  if (extension === undefined || answer.bytes.length === 0) return null;
  return { bytes: answer.bytes, contentType, extension };
}

/** Puts the bytes to the address that the vendor gave for them; false where it refuses them. */
export async function uploadPicture(
  rules: PictureRules,
  address: string,
  { bytes, contentType }: Picture,
): Promise<boolean> {
  const url = allowedUrl(rules, address);
  if (url === null) return false;
  const signed = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').toLowerCase().split(';');
  const { status } = await exchange(rules, url, {
    method: 'PUT',
    headers: {
      'Content-Type': contentType,
      'Content-Length': String(bytes.length),
      ...(signed.includes('x-amz-acl') ? { 'X-Amz-Acl': 'public-read' } : {}),
    },
    body: bytes,
  });
  return status >= 200 && status < 300;
}

interface Exchanged {
  readonly status: number;
  readonly contentType: string;
  /** Null: more than a picture may have. */
  readonly bytes: Buffer | null;
}

async function exchange(
  { siteUrl, timeoutMs }: PictureRules,
  url: URL,
  { body, ...call }: Pick<RequestOptions, 'method' | 'headers'> & { readonly body?: Buffer },
): Promise<Exchanged> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const isSite = url.origin === new URL(siteUrl).origin;
  const options: RequestOptions = {
    ...call,
    signal: AbortSignal.timeout(timeoutMs),
    ...(isSite ? {} : { lookup: publicOnly }),
  };
  const answer = await new Promise<Exchanged>((done, fail) => {
    const sent = request(url, options, (response) => void read(response).then(done, fail));
    sent.on('error', fail);
    sent.end(body);
  }).catch((error: unknown): Exchanged => {
    if (error instanceof NotPublic) return { status: 0, contentType: '', bytes: null };
    throw unavailable(url, 'no answer came');
  });
  if (answer.status === 429 || answer.status >= 500)
    throw unavailable(url, `it was answered ${answer.status}`);
  return answer;
}

/** The host alone is named: an address may hold a signature. */
function unavailable(url: URL, why: string): FileUnavailable {
  return new FileUnavailable(`A picture at ${url.host} could not be moved: ${why}; the engine tries again.`);
}

async function read(response: IncomingMessage): Promise<Exchanged> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestPictureBytes) {
      response.destroy();
      break;
    }
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    bytes: length > largestPictureBytes ? null : Buffer.concat(chunks),
  };
}

class NotPublic extends Error {
  override readonly name = 'NotPublic';
}

/** Looked at when the connection is made, so that a name which changes its address in between gains nothing. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = error === null ? addresses : [];
    if (error !== null) callback(error, '');
    else if (first === undefined || !addresses.every(isPublic)) {
      callback(new NotPublic('The host has an address that is not public.'), '');
    } else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
