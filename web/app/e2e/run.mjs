// Drives the real program's UI with Chromium, as people would: PARC_URL is the
// filled demo, PARC_FRESH_URL a server at its first start. Ends in a line that
// counts. Errors in the browser's console fail the test they happen in.
import { chromium } from 'playwright-core';

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run make test`);
  return value;
};
const demo = { url: need('PARC_URL'), login: need('PARC_LOGIN'), password: need('PARC_PASSWORD') };
const fresh = { url: need('PARC_FRESH_URL'), password: need('PARC_FRESH_PASSWORD') };

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: flags.split(' '),
});

/** A page of its own browser context, in French unless told, that gathers what goes wrong in it. */
async function open(locale = 'fr-FR') {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale, timezoneId: 'Europe/Paris' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // The browser itself notes each refused call; refusals are part of the tests.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(demo.url) && !request.url().startsWith(fresh.url) && !/^(data|blob):/.test(request.url())) {
      faults.push(`asked elsewhere: ${request.url()}`);
    }
  });
  return { page, faults, context };
}

async function signIn(page, url, login, password) {
  await page.goto(url);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

async function inDemo(locale) {
  const opened = await open(locale);
  await signIn(opened.page, demo.url, demo.login, demo.password);
  await opened.page.getByText('Menuiserie Lefèvre').first().waitFor();
  return opened;
}

async function client(page) {
  await page.goto(`${demo.url}/clients`);
  await page.getByRole('link', { name: 'Menuiserie Lefèvre' }).first().click();
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  return page.url().match(/\/clients\/[0-9a-f-]{36}/)[0];
}

/** The first addresses of the network that the form proposes. */
async function targets(page, count) {
  const proposed = await page.locator('main textarea').inputValue();
  const base = proposed.match(/(\d+\.\d+\.\d+)\.0\/24/)[1];
  return Array.from({ length: count }, (_, i) => `${base}.${i + 1}`).join('\n');
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

const tests = {
  'a wrong password is refused in plain words': async () => {
    const { page, faults } = await open();
    await signIn(page, demo.url, demo.login, 'not the password');
    await page.getByRole('alert').getByText('Identifiant ou mot de passe incorrect').waitFor();
    return faults;
  },

  'the first start: one-time password, then an own one': async () => {
    const { page, faults } = await open();
    await signIn(page, fresh.url, 'admin', fresh.password);
    await page.getByText('Choisissez votre mot de passe').waitFor();
    const fields = page.locator('input[type=password]');
    await fields.nth(0).fill(fresh.password);
    await fields.nth(1).fill('quatre mots au hasard');
    await fields.nth(2).fill('quatre mots au hasard');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
    return faults;
  },

  'the overview is alive': async () => {
    const { page, faults } = await inDemo();
    await page.getByText('Constats par gravité').waitFor();
    await page.getByText('Infogérance du parc, N1 à N3').first().waitFor();
    expect((await page.locator('body').innerText()).includes('Commutateur'), 'no classes on the overview');
    return faults;
  },

  'assets are filtered by text': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    await page.goto(demo.url + path + '/assets');
    await page.getByText('FW-LEFEVRE').waitFor();
    await page.getByPlaceholder(/Nom, modèle/).fill('fortigate');
    await page.getByText('SW-BUREAU').waitFor({ state: 'detached' });
    expect(await page.getByText('FW-LEFEVRE').isVisible(), 'the firewall is filtered out');
    await page.reload();
    await page.getByText('FW-LEFEVRE').waitFor();
    expect((await page.getByText('SW-BUREAU').count()) === 0, 'the filter is not in the address');
    return faults;
  },

  'an asset tells what, from where, and what is wrong': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    await page.goto(demo.url + path + '/assets?q=FW-LEFEVRE');
    await page.getByRole('link', { name: 'FW-LEFEVRE' }).click();
    await page.getByRole('heading', { name: 'FW-LEFEVRE' }).waitFor();
    const text = await page.locator('main').innerText();
    for (const wanted of ['Fortinet', 'FortiGate 60E', 'FGT60E', 'SNMP', 'Communauté SNMP par défaut']) {
      expect(text.includes(wanted), `the asset's page lacks ${wanted}`);
    }
    return faults;
  },

  'what a hostile device says is only text': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    await page.goto(demo.url + path + '/assets?q=hyperlink');
    const link = page.getByRole('link', { name: /HYPERLINK/ });
    await link.waitFor();
    await link.click();
    await page.getByRole('heading', { name: /HYPERLINK/ }).waitFor();
    expect((await page.locator('main script, main img[onerror]').count()) === 0, 'a device put elements into the page');
    return faults;
  },

  'a scan is started and followed live': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    await page.goto(demo.url + path + '/scans?start=true');
    const events = page.waitForResponse((r) => r.url().endsWith('/events') && r.status() === 200);
    await page.locator('main textarea').fill(await targets(page, 3));
    await page.getByRole('button', { name: 'Lancer' }).click();
    await events;
    await page.getByRole('progressbar').first().waitFor();
    return faults;
  },

  'a target outside the declared networks is refused': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    await page.goto(demo.url + path + '/scans?start=true');
    await page.locator('main textarea').fill('192.168.250.1');
    await page.getByRole('button', { name: 'Lancer' }).click();
    const refusal = page.locator('main').getByText(/192\.168\.250\.1 /).last();
    await refusal.waitFor();
    expect((await refusal.innerText()).includes('127.77.'), 'the refusal does not name the declared network');
    return faults;
  },

  'the audit report is downloaded': async () => {
    const { page, faults } = await inDemo();
    const path = await client(page);
    const id = path.split('/').pop();
    const report = await page.request.get(`${demo.url}/api/v1/clients/${id}/audit?format=html&lang=fr`);
    const text = await report.text();
    expect(report.ok() && text.includes('Menuiserie Lefèvre') && text.includes('Telnet'), `audit: ${report.status()}`);
    expect(!text.includes('<script'), 'the report holds a script');
    return faults;
  },

  'English for those who want it': async () => {
    const { page, faults } = await inDemo('en-GB');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByText('FR', { exact: true }).click();
    await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
    return faults;
  },

  'signing out closes the door': async () => {
    const { page, faults } = await inDemo();
    const left = await page.request.delete(`${demo.url}/api/v1/session`);
    expect(left.status() === 204, `sign out: ${left.status()}`);
    await page.goto(`${demo.url}/clients`);
    await page.locator('input[name=login]').waitFor();
    return faults;
  },
};

let passed = 0;
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const started = Date.now();
  try {
    const faults = await test();
    if (faults.length > 0) throw new Error(faults.join('; '));
    passed++;
    console.log(`ok      ${name} (${Date.now() - started} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message}`);
    if (process.env.PARC_SCREENSHOTS) {
      const pages = browser.contexts().flatMap((context) => context.pages());
      await pages.at(-1)?.screenshot({ path: `${process.env.PARC_SCREENSHOTS}/failed-${failed}.png` });
    }
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
