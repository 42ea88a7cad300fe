/** The whole stack with its console, and a person in front of a real browser. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openContext } from './browser';
import { openLab, type Lab } from './lab';

export interface ConsoleLab {
  readonly lab: Lab;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What pages complained of, and scripts that were not to run. */
  readonly complaints: readonly string[];
  signInLink(): Promise<string>;
  signIn(): Promise<void>;
  open(path: string): Promise<unknown>;
  press(name: string): Promise<void>;
  /** Resolves when the page shows that text. */
  says(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openConsoleLab(): Promise<ConsoleLab> {
  const lab = await openLab({
    sandbox: { companies: 12, people: 40, seed: 11, 'rate-limit': 60_000 },
    settleMs: 1_000,
    hooks: true,
  });
  await lab.startServer();
  await lab.startWorker();
  const browser = await openBrowser();
  const context = await openContext(browser);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const open = (path: string) => page.goto(`${lab.consoleUrl}${path}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const signInLink = async () =>
    `${lab.consoleUrl}/sign-in/${await lab.engine.accounts.signInLink('Ada', 'administrator', 3_600_000)}`;
  return {
    ...{ lab, browser, context, page, complaints, open, press, signInLink },
    async signIn() {
      await page.goto(await signInLink());
      await press('Sign in as Ada');
    },
    says: (text) => page.getByText(text).first().waitFor(),
    async close() {
      await browser.close();
      await lab.close();
    },
  };
}
