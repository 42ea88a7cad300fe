/** `npm run sandbox`: one process that plays both vendors until it is told to stop. */
import type { AddressInfo } from 'node:net';
import { BadFlag, HELP, parseCommandLine } from './options';
import { buildSandbox } from './server';

const HOST = '127.0.0.1';

async function run(args: readonly string[]): Promise<void> {
  const options = parseCommandLine(args);
  if (options === null) return void process.stdout.write(HELP);
  const { app, ctx } = buildSandbox(options);
  await app.listen({ host: HOST, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  const { teamworkCompanies, teamworkPeople } = ctx.world.tables;
  process.stdout.write(
    `sandbox listening on http://${HOST}:${port} ` +
      `(${teamworkCompanies.size} companies and ${teamworkPeople.size} people in Teamwork.com)\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void app.close().then(() => process.exit(0));
    });
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof BadFlag) {
    process.stderr.write(`sandbox: ${reason} (--help lists the flags)\n`);
    process.exit(2);
  }
  process.stderr.write(`sandbox: cannot start: ${reason}\n`);
  process.exit(3);
});
