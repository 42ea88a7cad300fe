/**
 * `npm run simulate -- [campaign] --histories n --seed s`: the same as the tests, for as many histories as one has time
 * for; of the campaign `crash-points` for each of them.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CampaignName, Chunk, ChunkResult } from './chunk';
import { marksToReach } from './marks';
import { trialsOf } from './ordeals/trials';

const enoughForAll = 2_000;
/** So that none of them waits long for the last one. */
const chunksPerCore = 4;
const mostInChunk = 250;
/** Many histories are told of on the way, once in so many. */
const toldEvery = 5_000;
/** Histories live on short-lived objects, and each process has a core to itself. */
const forMuchGarbage = ['--max-semi-space-size=64', '--min-semi-space-size=64', '--single-threaded-gc'];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      histories: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      cores: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const campaign = campaignNamed(positionals[0]);
  const each = campaign === 'histories' ? 1 : trialsOf[campaign];
  const histories = Number(values.histories) * each;
  const first = (Number(values.seed) - 1) * each + 1;
  const chunks: Chunk[] = [];
  const chunkSize = Math.min(mostInChunk, Math.ceil(histories / Number(values.cores) / chunksPerCore));
  for (let at = first; at < first + histories; at += chunkSize)
    chunks.push({ campaign, first: at, histories: Math.min(chunkSize, first + histories - at) });

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
  const unmet =
    campaign !== 'histories' || histories < enoughForAll
      ? []
      : marksToReach.filter((mark) => !marks.has(mark));
  if (unmet.length > 0) console.log(`not reached, and so not tested: ${unmet.join(' ')}`);
  console.log(
    `${histories} histories from seed ${values.seed}: ${failed} failed, ${marks.size} marks reached`,
  );
  return failed + unmet.length === 0 ? 0 : 1;
}

function campaignNamed(name = 'histories'): CampaignName {
  if (name === 'histories' || name in trialsOf) return name as CampaignName;
  throw new Error(`There is no campaign ${name}: histories, ${Object.keys(trialsOf).join(', ')}.`);
}

/** A process that takes chunks until none is left. */
function onOneCore(chunks: Chunk[], ended: (chunk: Chunk, result: ChunkResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'chunk.ts'), { execArgv: ['--import', 'tsx', ...forMuchGarbage] });
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
