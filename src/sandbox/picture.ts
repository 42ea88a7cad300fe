/** Makes small PNG pictures of one colour, the same for the same number. */
import { crc32, deflateSync } from 'node:zlib';

const SIDE_PIXELS = 16;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export function plainPicture(n: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE_PIXELS, 0);
  header.writeUInt32BE(SIDE_PIXELS, 4);
  // 8 bits a channel, red green blue.
  header.set([8, 2, 0, 0, 0], 8);
  const colour = [(n * 47) % 256, (n * 101) % 256, (n * 173) % 256];
  const row = Buffer.from([0, ...Array.from({ length: SIDE_PIXELS }, () => colour).flat()]);
  const pixels = Buffer.concat(Array.from({ length: SIDE_PIXELS }, () => row));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
