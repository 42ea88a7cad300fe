/** Reads the one file of a form upload (multipart/form-data). */

export interface FormFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const HEADERS_END = Buffer.from('\r\n\r\n');

/** The file in the form's field of this name; null where there is none. */
export function formFile(body: Buffer, contentType: string, field: string): FormFile | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  for (const part of partsOf(body, Buffer.from(`--${boundary}`))) {
    const end = part.indexOf(HEADERS_END);
    if (end < 0) continue;
    const headers = part.subarray(0, end).toString('utf8');
    if (/[; ]name="([^"]*)"/i.exec(headers)?.[1] !== field) continue;
    const fileName = /filename="([^"]*)"/i.exec(headers)?.[1];
    if (fileName === undefined) continue;
    return {
      fileName,
      contentType: /^content-type: *([^\r\n]+)/im.exec(headers)?.[1] ?? 'application/octet-stream',
      bytes: part.subarray(end + HEADERS_END.length),
    };
  }
  return null;
}

/** What stands between the boundaries, without the line breaks next to them. */
function* partsOf(body: Buffer, boundary: Buffer): Generator<Buffer> {
  let start = body.indexOf(boundary);
  while (start >= 0) {
    const next = body.indexOf(boundary, start + boundary.length);
    if (next < 0) return;
    yield body.subarray(start + boundary.length + 2, next - 2);
    start = next;
  }
}
