import { exitCode } from '../../src/cli/failures';
import { openLab, type Lab } from '../support/lab';
import { operate } from './operator';

describe('--watch', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 6, people: 20, seed: 5, 'rate-limit': 60_000 } });
    await lab.startWorker();
    await lab.connect();
  });
  afterAll(() => lab.close());

  test('sync status shows the run until its end, which is the last that it says', async () => {
    const desk = { parts: () => Promise.resolve(lab.engine) };
    expect((await operate(desk, 'sync start --json')).code).toBe(exitCode.fine);
    const { code, out } = await operate(desk, 'sync status --watch');
    const headlines = out.match(/^InitialSync of .*$/gm) ?? [];
    expect([code, headlines.at(-1)]).toEqual([exitCode.fine, expect.stringContaining(' finished after ')]);
  });

  test.each(['sites', 'attention'])('%s is shown until Ctrl-C', async (command) => {
    const interruption = new AbortController();
    const desk = { parts: () => Promise.resolve(lab.engine), interrupted: interruption.signal };
    const watching = operate(desk, `${command} --watch --json`);
    const soon = setTimeout(() => interruption.abort(), 500);
    const { code, out } = await watching;
    clearTimeout(soon);
    expect([code, out]).toEqual([exitCode.fine, expect.stringMatching(/^\{[\s\S]*\}\n$/)]);
  });
});
