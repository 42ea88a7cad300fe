/**
 * Keeps the site and the call log in a directory: the seeded rows once, then every change and call as a line.
 * A line is on the file before the call it belongs to is answered, so a killed sandbox loses nothing acknowledged.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, CallLog } from './call-log';
import type { LineFile } from './line-file';
import { openForAppend, readLines } from './line-file';
import type { Row } from './table';
import type { Change, TableName, World } from './world';

const BATCH_LINES = 2_000;

interface Head {
  readonly lastCall: number;
}

export interface DataDirectory {
  /** Loads what an earlier run kept; false where there is nothing. */
  load(): boolean;
  /** Starts anew from the world as it stands: called after a seed. */
  startGeneration(): void;
  flush(): void;
  close(): void;
}

export function openDataDirectory(root: string, world: World, calls: CallLog): DataDirectory {
  mkdirSync(root, { recursive: true });
  const pointer = join(root, 'current');
  let changesFile: LineFile | null = null;
  let callsFile: LineFile | null = null;
  let waiting: string[] = [];

  const current = () => (existsSync(pointer) ? Number(readFileSync(pointer, 'utf8')) : 0);
  const folder = (generation: number) => join(root, `generation-${generation}`);

  world.onChange((change) => {
    if (changesFile) waiting.push(changeLine(change));
  });
  calls.onCall((call) => callsFile?.append(JSON.stringify(call) + '\n'));

  function open(generation: number): void {
    changesFile = openForAppend(join(folder(generation), 'changes.jsonl'));
    callsFile = openForAppend(join(folder(generation), 'calls.jsonl'));
  }

  function close(): void {
    flush();
    changesFile?.close();
    callsFile?.close();
    changesFile = callsFile = null;
  }

  function flush(): void {
    if (waiting.length === 0) return;
    changesFile?.append(waiting.join(''));
    waiting = [];
  }

  return {
    load() {
      const generation = current();
      if (generation === 0) return false;
      const read = (name: string, take: (line: unknown) => void) => {
        const path = join(folder(generation), name);
        try {
          readLines(path, take);
        } catch (error) {
          throw new Error(`${path} cannot be read; remove ${root} to begin with a new site`, {
            cause: error,
          });
        }
      };
      read('seed.jsonl', (line) => loadSeedLine(world, calls, line));
      read('changes.jsonl', (line) => loadChange(world, line as StoredChange));
      read('calls.jsonl', (line) => calls.restore(line as Call));
      open(generation);
      return true;
    },
    startGeneration() {
      waiting = [];
      close();
      const generation = current() + 1;
      rmSync(folder(generation), { recursive: true, force: true });
      mkdirSync(folder(generation));
      writeSeed(join(folder(generation), 'seed.jsonl'), world, { lastCall: calls.lastN() });
      open(generation);
      writeFileSync(`${pointer}.new`, String(generation));
      renameSync(`${pointer}.new`, pointer);
      rmSync(folder(generation - 1), { recursive: true, force: true });
    },
    flush,
    close,
  };
}

/** A change without its `before`, which the row it is applied to still has. */
type StoredChange = Omit<Change, 'before'>;

function changeLine(change: Change): string {
  const { before: _before, ...stored } = change;
  return JSON.stringify(stored) + '\n';
}

function writeSeed(path: string, world: World, head: Head): void {
  const file = openForAppend(path);
  let lines = [JSON.stringify(head)];
  for (const [name, table] of Object.entries(world.tables)) {
    for (const row of table.all()) {
      lines.push(JSON.stringify([name, row]));
      if (lines.length < BATCH_LINES) continue;
      file.append(lines.join('\n') + '\n');
      lines = [];
    }
  }
  if (lines.length > 0) file.append(lines.join('\n') + '\n');
  file.close();
}

function loadSeedLine(world: World, calls: CallLog, line: unknown): void {
  if (!Array.isArray(line)) {
    calls.continueFrom((line as Head).lastCall);
    return;
  }
  const [name, row] = line as [TableName, Row];
  world.anyTable(name).put(row);
}

function loadChange(world: World, stored: StoredChange): void {
  const table = world.anyTable(stored.table as TableName);
  const before = table.get(stored.id) ?? null;
  if (stored.after === null) table.take(stored.id);
  else table.put(stored.after);
  world.changes.push({ ...stored, before });
}
