import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackFile, removeStackFile, writeStackFile } from '../../src/embedded/stack-file';
import { temporaryFolder } from '../support/temporary-folder';

const stack = { databaseUrl: 'postgres://u:p@127.0.0.1:5432/d', temporalAddress: '127.0.0.1:7233' };

describe('the file of the running stack', () => {
  test('is found while its process runs, and readable by its user alone', () => {
    const dataDir = temporaryFolder();
    writeStackFile(dataDir, stack);
    expect(readStackFile(dataDir)).toMatchObject({ ...stack, pid: process.pid });
    expect(statSync(join(dataDir, 'stack.json')).mode & 0o777).toBe(0o600);
  });

  test('is gone once it is removed', () => {
    const dataDir = temporaryFolder();
    writeStackFile(dataDir, stack);
    removeStackFile(dataDir);
    expect(readStackFile(dataDir)).toBeUndefined();
  });

  test('counts for nothing when its process is gone', () => {
    const dataDir = temporaryFolder();
    writeStackFile(dataDir, stack);
    const path = join(dataDir, 'stack.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...file, pid: spawnSync('true').pid }));
    expect(readStackFile(dataDir)).toBeUndefined();
  });
});
