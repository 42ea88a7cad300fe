/** What a link's workflow is told of its due row: every read it asks for, every deletion, nothing lost in between. */
import type { Client } from '@temporalio/client';
import { startEntity } from '../src/entity-client';
import type { DueLink } from '../src/ports/due';

const nothing: DueLink = {
  ...{ link: 7, kind: 'customer', priority: 1, run: null, read: [], deleted: [], plan: null },
};

interface Told {
  readonly signal: string;
  readonly hint: unknown;
}

/** The signals that start it or reach it, in turn, and where. */
async function toldOf(due: Partial<DueLink>) {
  const told: Told[] = [];
  const ids = new Set<string>();
  const signalWithStart = (
    type: string,
    of: {
      readonly workflowId: string;
      readonly args: unknown;
      readonly signal: { readonly name: string };
      readonly signalArgs?: readonly unknown[];
    },
  ) => {
    ids.add(`${type} ${of.workflowId} ${JSON.stringify(of.args)}`);
    told.push({ signal: of.signal.name, hint: of.signalArgs?.[0] });
    return Promise.resolve();
  };
  const connection = { withDeadline: (_at: number, work: () => Promise<void>) => work() };
  const client = { connection, workflow: { signalWithStart } } as unknown as Client;
  await startEntity(client, { heartbeatTimeoutMs: 20_000 }, 'acme', { ...nothing, ...due });
  expect([...ids]).toEqual([
    `syncCustomer acme/customer/7 ${JSON.stringify([{ site: 'acme', kind: 'customer', link: 7 }])}`,
  ]);
  return told;
}

const deletion = (side: string): Told => ({ signal: `${side}Deleted`, hint: undefined });
const hint = (more: object): Told => ({ signal: 'changed', hint: { priority: 1, run: null, ...more } });

test('R23 one deletion alone is one signal', async () => {
  expect(await toldOf({ deleted: ['desk'], read: ['desk'] })).toEqual([deletion('desk')]);
});

test('R28 a change is told with all that is to be read', async () => {
  expect(await toldOf({ read: ['teamwork', 'desk'], priority: 3, run: 'run-1' })).toEqual([
    hint({ read: ['teamwork', 'desk'], priority: 3, run: 'run-1' }),
  ]);
});

const plan = { planId: 'p', steps: [{ side: 'desk', action: 'update' }] } as const;

test.each<[string, Partial<DueLink>, Told[]]>([
  ['an edit on the other side', { read: ['teamwork', 'desk'] }, [hint({ read: ['teamwork', 'desk'] })]],
  ['an edit on the other side alone', { read: ['teamwork'] }, [hint({ read: ['teamwork'] })]],
  ['the run that waits for it', { read: ['desk'], run: 'run-1' }, [hint({ read: ['desk'], run: 'run-1' })]],
  ['what was decided already', { plan }, [hint({ read: [], plan })]],
])('R10 R23 %s is told beside a deletion, and before it', async (_what, due, first) => {
  expect(await toldOf({ ...due, deleted: ['desk'] })).toEqual([...first, deletion('desk')]);
});

test('R23 deletions on both sides are told both', async () => {
  const read = ['teamwork', 'desk'] as const;
  expect(await toldOf({ deleted: ['teamwork', 'desk'], read })).toEqual([
    ...[hint({ read }), deletion('teamwork'), deletion('desk')],
  ]);
});
