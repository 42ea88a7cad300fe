import { join } from 'node:path';
import { startOnLeash } from '../../src/embedded/leash';
import { temporaryFolder } from '../support/temporary-folder';

test('the last words of a Go program that panics are what was wrong, not where', async () => {
  const says = [
    'starting',
    'panic: listen tcp 127.0.0.1:7233: bind: address already in use',
    '',
    ...Array.from({ length: 40 }, (_, index) => `goroutine 1: frame ${index} ${'x'.repeat(200)}`),
  ];
  const server = await startOnLeash({
    command: ['sh', '-c', `printf '%s\n' "$@"; exit 2`, 'sh', ...says],
    stopSignal: 'TERM',
    graceSeconds: 1,
    logFile: join(temporaryFolder(), 'server.log'),
  });
  expect(await server.exited).toBe('it ended with exit code 2');
  expect(server.lastWords()).toBe('starting\npanic: listen tcp 127.0.0.1:7233: bind: address already in use');
});
