import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../src/embedded/lock-file';
import { temporaryFolder } from '../support/temporary-folder';

async function taken(path: string): Promise<{ release: () => void }> {
  const lock = await takeLock(path);
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy}`);
  return lock;
}

describe('a lock', () => {
  test('of a running process is respected until it is released', async () => {
    const path = join(temporaryFolder(), 'lock');
    const lock = await taken(path);
    expect(await takeLock(path)).toEqual({ heldBy: process.pid });
    lock.release();
    (await taken(path)).release();
  });

  test('of a process that is gone is void', async () => {
    const path = join(temporaryFolder(), 'lock');
    const gone = spawnSync('true').pid;
    writeFileSync(path, JSON.stringify({ pid: gone, startedAt: '1', token: 'x' }));
    (await taken(path)).release();
  });

  test('of a process whose pid another one has by now is void', async () => {
    const path = join(temporaryFolder(), 'lock');
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: '1', token: 'x' }));
    (await taken(path)).release();
  });

  test('cut off in the middle is void', async () => {
    const path = join(temporaryFolder(), 'lock');
    writeFileSync(path, '{"pid":');
    (await taken(path)).release();
  });

  test('that many want at once is had by one', async () => {
    const path = join(temporaryFolder(), 'lock');
    const locks = await Promise.all(Array.from({ length: 5 }, () => takeLock(path)));
    expect(locks.filter((lock) => 'release' in lock)).toHaveLength(1);
  });
});
