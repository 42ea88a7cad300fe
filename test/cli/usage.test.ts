import { exitCode, failed } from '../../src/cli/failures';
import { operate, type Desk } from './operator';

const nowhere: Desk = {
  parts: () => Promise.reject(failed('Nothing runs here: start it with `npm start`.')),
};
const commands = [
  ...[
    'connect',
    'sites',
    'sync start',
    'sync status',
    'sync pause',
    'sync resume',
    'sync cancel',
    'sync plan',
  ],
  ...['companies', 'customers', 'explain', 'timeline', 'verify', 'doctor'],
];

test.each(commands)('%s --help shows an example and --json', async (command) => {
  const { code, out } = await operate(nowhere, `${command} --help`);
  expect([code, out]).toEqual([exitCode.fine, expect.stringMatching(/--json[\s\S]*\$ teamwork-desk-sync /)]);
});

test.each(commands.filter((command) => command !== 'doctor'))(
  '%s without a stack fails in one line',
  async (command) => {
    const record = command === 'explain' || command === 'timeline' ? ' x' : '';
    const { code, out, err } = await operate(nowhere, command + record);
    expect([code, out, err]).toEqual([
      exitCode.failed,
      '',
      'Nothing runs here: start it with `npm start`.\n',
    ]);
  },
);

test.each([
  ['sties', "Unknown command 'sties' (Did you mean sites?)"],
  ['sync strat', "Unknown command 'strat' (Did you mean start?)"],
  ['sites --jsn', "Unknown option '--jsn' (Did you mean --json?)"],
  ['companies --status foo', 'Allowed choices are broken, paused'],
  ['companies --limit 0', 'Expected a whole number from 1'],
  ['explain', "Missing required argument 'record'."],
  ['explain a b', 'Too many arguments'],
  ['connect --url http://acme.example.com', 'Expected https'],
  ['connect --url https://user@acme.example.com', 'Expected the address of the site'],
  ['connect --desk-created 2024-02-30', 'Expected a date such as'],
  ['connect --desk-created 2999-01-01', 'lies in the future'],
  ['connect --vendor-sync maybe', 'Allowed choices are on, off'],
])('%s is answered with one line and exit code 2', async (argv, expected) => {
  const { code, out, err } = await operate(nowhere, argv);
  expect([code, out, err.trimEnd().split('\n')]).toEqual([
    exitCode.usage,
    '',
    [expect.stringContaining(expected)],
  ]);
});

test('with --json a failure is JSON on stderr, with the same exit code', async () => {
  const { code, out, err } = await operate(nowhere, 'sites --json');
  const error = { message: 'Nothing runs here: start it with `npm start`.', exitCode: exitCode.failed };
  expect([code, out, JSON.parse(err)]).toEqual([exitCode.failed, '', { error }]);
});

test('an unexpected failure shows no stack', async () => {
  const broken: Desk = { parts: () => Promise.reject(new TypeError('x is not\n    at a function')) };
  const { code, err } = await operate(broken, 'sites');
  expect([code, err]).toEqual([exitCode.failed, 'x is not at a function\n']);
});

test('called alone, it says what there is', async () => {
  const { code, err } = await operate(nowhere, '');
  expect([code, err]).toEqual([exitCode.usage, expect.stringContaining('Commands:')]);
});
