/** Append-only files of JSON lines. An append is on the file before it returns, so a killed process loses none of them. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const CHUNK_BYTES = 4 * 1024 * 1024;

export interface LineFile {
  append(text: string): void;
  close(): void;
}

export function openForAppend(path: string): LineFile {
  const file = openSync(path, 'a');
  return {
    append(text) {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    },
    close: () => closeSync(file),
  };
}

/** Reads every whole line; a last line cut off by a kill is removed from the file. */
export function readLines(path: string, onLine: (value: unknown) => void): void {
  const file = openSync(path, 'r+');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let wholeBytes = 0;
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    const lines = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine(JSON.parse(line));
      wholeBytes += Buffer.byteLength(line) + 1;
    }
  }
  if (rest !== '') ftruncateSync(file, wholeBytes);
  closeSync(file);
}
