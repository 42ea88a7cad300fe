/** `npm run simulate -- --histories n --seed s`: the same as the test, for as many histories as one has time for. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Chunk, ChunkResult } from './chunk';
import { marksToReach } from './marks';

const enoughForAll = 500;
const chunkSize = 250;
/** Many histories are told of on the way, once in so many. */
const toldEvery = 5_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      histories: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      cores: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const [histories, first] = [Number(values.histories), Number(values.seed)];
  const chunks: Chunk[] = [];
  for (let at = first; at < first + histories; at += chunkSize)
    chunks.push({ first: at, histories: Math.min(chunkSize, first + histories - at) });

  const marks = new Map<string, number>();
  let [failed, done] = [0, 0];
  await Promise.all(
    Array.from({ length: Math.min(Number(values.cores), chunks.length) }, () =>
      onOneCore(chunks, (chunk, result) => {
        for (const [mark, times] of result.marks) marks.set(mark, (marks.get(mark) ?? 0) + times);
        for (const failure of result.failed) console.log(failure);
        failed += result.failed.length;
        done += chunk.histories;
        if (done % toldEvery === 0) console.error(`${done} histories, ${failed} failed`);
      }),
    ),
  );
  for (const [mark, times] of [...marks].sort()) console.log(`${mark}: in ${times} histories`);
  // Few histories need not lead everywhere.
  const unmet = histories < enoughForAll ? [] : marksToReach.filter((mark) => !marks.has(mark));
  if (unmet.length > 0) console.log(`not reached, and so not tested: ${unmet.join(' ')}`);
  console.log(`${histories} histories from seed ${first}: ${failed} failed, ${marks.size} marks reached`);
  return failed + unmet.length === 0 ? 0 : 1;
}

/** A process that takes chunks until none is left. */
function onOneCore(chunks: Chunk[], ended: (chunk: Chunk, result: ChunkResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'chunk.ts'), { execArgv: ['--import', 'tsx'] });
    let chunk: Chunk | undefined;
    const next = () => {
      chunk = chunks.shift();
      if (chunk === undefined) child.disconnect();
      else child.send(chunk);
    };
    child.on('message', (result: ChunkResult) => {
      if (chunk !== undefined) ended(chunk, result);
      next();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (chunk === undefined) resolve();
      else reject(new Error(`Seeds from ${chunk.first} on ended with exit code ${String(code)}.`));
    });
    next();
  });
}

void main().then((code) => {
  process.exitCode = code;
});
