/** A program that holds the embedded stack as `npm start` does: a line of JSON when it runs, the end at SIGINT. */
import { readConfig } from '../../src/config';
import { startStack } from '../../src/embedded/stack';

async function main(): Promise<void> {
  const stack = await startStack({ ...readConfig(), say: () => undefined });
  process.once('SIGINT', () => void stack.stop());
  void stack.died.then(({ part }) => process.stdout.write(`${part} died\n`));
  const { databaseUrl, temporalAddress } = stack;
  process.stdout.write(`${JSON.stringify({ databaseUrl, temporalAddress })}\n`);
}

main().catch((error: unknown) => {
  process.stdout.write(String(error));
  process.exitCode = 3;
});
