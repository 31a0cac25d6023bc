import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

const executable = process.env.PARC_CHROMIUM ?? '/usr/bin/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A setting that the tests cannot do without. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the tests need a running parc, see .ci/e2e.sh`);
  return value;
}

/** A page that keeps account of everything that went wrong in it. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  /** The answers of the API that a test provokes, "422 /api/v1/clients". */
  expects: (...failures: string[]) => void;
}

interface Account {
  troubles: string[];
  expected: string[];
}

/** Starts Chromium for the tests of a file; any error in a page fails the test it happens in. */
export function startBrowser() {
  let browser: Browser | undefined;
  let accounts: Account[] = [];
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable, args: flags });
  });

  afterEach(async () => {
    const left = accounts.flatMap((a) => a.troubles);
    for (const context of contexts) await context.close();
    accounts = [];
    contexts = [];
    expect(left, 'errors in the page').toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
  });

  return async (url: string, options: { language?: string; width?: number } = {}): Promise<Watched> => {
    if (!browser) throw new Error('the browser is not started');
    const context = await browser.newContext({
      baseURL: url,
      locale: options.language ?? 'fr-FR',
      viewport: { width: options.width ?? 1440, height: 900 },
      acceptDownloads: true,
    });
    context.setDefaultTimeout(30_000);
    contexts.push(context);
    // Before sign-in the interface asks who is signed in, and is told nobody.
    const account: Account = { troubles: [], expected: ['401 /api/v1/session'] };
    accounts.push(account);
    const page = await context.newPage();
    keepAccount(page, account);
    return { page, context, expects: (...failures) => account.expected.push(...failures) };
  };
}

function keepAccount(page: Page, account: Account) {
  page.on('pageerror', (error) => account.troubles.push(`page error: ${error.message}`));
  page.on('dialog', (dialog) => {
    account.troubles.push(`a script opened a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Chromium's own line about a failed answer: the answers are judged below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) account.troubles.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const seen = `${String(response.status())} ${new URL(response.url()).pathname}`;
    if (!account.expected.some((e) => seen.startsWith(e))) account.troubles.push(`answer ${seen}`);
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).origin && !request.url().startsWith('data:')) {
      account.troubles.push(`asked another server: ${request.url()}`);
    }
  });
}

/** Signs in by the form, in whichever language it is. */
export async function signIn(page: Page, login: string, password: string) {
  await page.goto('/');
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}

/** Replaces a one-time password, in whichever language the page is. */
export async function choosePassword(page: Page, current: string, next: string) {
  await page.waitForURL('**/password');
  await page.waitForLoadState('networkidle'); // the page asks first who is signed in: what is typed before that may be lost
  await page.locator('input[autocomplete=current-password]').fill(current);
  for (const field of await page.locator('input[autocomplete=new-password]').all()) await field.fill(next);
  await page.locator('button[type=submit]').click();
}
