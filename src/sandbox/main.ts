/** `npm run sandbox`: one process that plays both vendors until it is told to stop. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { BadFlag, HELP, parseCommandLine, type CommandLine } from './options';
import { buildSandbox, type SandboxOptions } from './server';

const HOST = '127.0.0.1';

async function run(args: readonly string[]): Promise<void> {
  const options = parseCommandLine(args);
  if (options === null) return void process.stdout.write(HELP);
  const apps: FastifyInstance[] = [];
  for (let site = 0; site < options.sites; site++) {
    const { app, ctx } = buildSandbox(siteOf(options, site));
    apps.push(app);
    await app.listen({ host: HOST, port: options.port + site });
    const { port } = app.server.address() as AddressInfo;
    const { teamworkCompanies, teamworkPeople } = ctx.world.tables;
    process.stdout.write(
      `sandbox listening on http://${HOST}:${port} ` +
        `(${teamworkCompanies.size} companies and ${teamworkPeople.size} people in Teamwork.com)\n`,
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all(apps.map((app) => app.close())).then(() => process.exit(0));
    });
  }
}

/** Each site has records of its own seed, and a folder of its own; the first is the one that there is without `--sites`. */
function siteOf(options: CommandLine, site: number): SandboxOptions {
  if (site === 0) return options;
  const size = { ...options.size, seed: (options.size.seed + site) % 2 ** 32 };
  return options.dataDir === undefined
    ? { ...options, size }
    : { ...options, size, dataDir: join(options.dataDir, `site-${site}`) };
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
