/** A real Chromium: one on the path, else the package's own. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';

const run = promisify(execFile);

/** The package is an ES module, which jest does not load: a process of its own unpacks it and says where it is. */
const unpack = `
  import chromium from '@sparticuz/chromium';
  console.log(await chromium.executablePath());`;

/** Not the package's own: they switch off what the tests are about, such as the walls between sites. */
const args = [
  ...[
    '--no-sandbox',
    '--no-zygote',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--in-process-gpu',
  ],
  ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
];

/** Only what never comes fails: a busy machine may take long over anything. */
const patienceMs = 600_000;

export async function openBrowser(): Promise<Browser> {
  const executablePath = onPath() ?? (await unpacked());
  return chromium.launch({ executablePath, args, timeout: patienceMs });
}

export async function openContext(
  browser: Browser,
  options?: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context;
}

async function unpacked(): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', unpack], { cwd: __dirname });
  return stdout.trim();
}

function onPath(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}
