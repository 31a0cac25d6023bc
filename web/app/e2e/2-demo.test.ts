import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { setting, signIn, startBrowser } from './browser';

// The simulated company, scanned for real.
const url = setting('PARC_URL');
const login = setting('PARC_LOGIN');
const password = setting('PARC_PASSWORD');
const open = startBrowser();

/** Signed in, on the page of the company. */
async function company(language?: string) {
  const watched = await open(url, { language });
  await signIn(watched.page, login, password);
  const clients = watched.page.getByRole('table', { name: 'Clients' });
  const name = await clients.getByRole('link').first().innerText();
  await clients.getByRole('link').first().click();
  await watched.page.waitForURL('**/clients/*');
  return { ...watched, name };
}

const number = async (page: Page, label: string) => {
  const card = page.locator('.mantine-Card-root', { hasText: label }).first();
  await card.locator('.numeric').waitFor();
  return Number((await card.locator('.numeric').innerText()).replace(/\D/g, ''));
};

it('shows first what a provider looks for first', async () => {
  const { page } = await open(url);
  await signIn(page, login, password);
  await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
  expect(await number(page, 'Équipements')).toBeGreaterThanOrEqual(20);
  expect(await number(page, 'Constats graves')).toBeGreaterThan(0);
  await page.getByRole('region', { name: 'Bientôt terminé' }).getByRole('listitem').first().waitFor();
  await page.getByRole('region', { name: 'Équipements par type' }).getByText('Imprimante').waitFor();
});

it('narrows the assets by text and class, in the address too', async () => {
  const { page } = await company();
  await page.getByRole('tab', { name: 'Équipements' }).click();
  const rows = page.getByRole('table', { name: 'Équipements' }).locator('tbody tr');
  await rows.first().waitFor();
  const all = await rows.count();
  expect(all).toBeGreaterThanOrEqual(20);

  await page.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Imprimante' }).click();
  await page.waitForURL(/class=/);
  await page.waitForFunction((n) => document.querySelectorAll('table[aria-label="Équipements"] tbody tr').length < n, all);
  for (const text of await rows.allInnerTexts()) expect(text).toContain('Imprimante');

  // The link shows the same to whoever opens it.
  const narrowed = await rows.count();
  await page.reload();
  await rows.first().waitFor();
  expect(await rows.count()).toBe(narrowed);

  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  await page.getByRole('searchbox').first().fill('rien de tel');
  await page.getByText('Aucun équipement ne correspond').waitFor();
});

it('tells of an asset where each value comes from, and lets a person pin one', async () => {
  const { page } = await company();
  await page.getByRole('tab', { name: 'Équipements' }).click();
  const printer = page.getByRole('row').filter({ hasText: 'Imprimante' }).first();
  await printer.getByRole('link').click();
  await page.getByRole('region', { name: 'Identité' }).waitFor();
  const row = (field: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: field, exact: true }) });
  expect(await row('Modèle').innerText()).toContain('SNMP');
  await page.getByRole('region', { name: 'Consommables' }).waitFor();
  await page.getByRole('table', { name: 'Services ouverts' }).getByText('/tcp').first().waitFor();

  await row('Modèle').getByRole('button').click();
  const before = await page.getByRole('dialog').getByLabel('Valeur').inputValue();
  await page.getByRole('dialog').getByLabel('Valeur').fill('Modèle épinglé');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await row('Modèle').getByRole('img', { name: 'Épinglé par une personne' }).waitFor();
  await page.getByRole('tab', { name: 'Historique' }).click();
  const change = page.locator('.mantine-Timeline-item').first();
  await change.getByText('Modèle épinglé').waitFor();
  expect(await change.innerText()).toContain(before);

  await page.getByRole('tab', { name: 'Aperçu' }).click();
  await row('Modèle').getByRole('button').click();
  await page.getByRole('button', { name: 'Rendre aux scans' }).click();
  await row('Modèle').getByRole('img', { name: 'Épinglé par une personne' }).waitFor({ state: 'detached' });
});

it('shows what hostile devices say as text, on every page', async () => {
  const { page, name } = await company();
  const assets: { id: string; hostname?: string }[] = await page.evaluate(async () => {
    const client = location.pathname.split('/')[2] ?? '';
    const answer = await fetch(`/api/v1/clients/${client}/assets?limit=200`);
    return ((await answer.json()) as { items: { id: string; hostname?: string }[] }).items;
  });
  let hostile = 0;
  for (const { id } of assets) {
    const raw = await page.evaluate(async (assetId) => (await fetch(`/api/v1/assets/${assetId}`)).text(), id);
    // As JSON writes it, and as it is.
    if (!/<script|<img|\\u003cscript|\\u003cimg/i.test(raw)) continue;
    hostile++;
    for (const tab of ['', '?tab=network', '?tab=hardware', '?tab=software', '?tab=findings', '?tab=history']) {
      await page.goto(`/assets/${id}${tab}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('#root img, #root script').count()).toBe(0);
    }
  }
  expect(hostile, 'the simulated company has a device that tries').toBeGreaterThan(0);
  expect(name).toBeTruthy();
});

it('brings findings together by rule, each with its assets', async () => {
  const { page } = await company();
  await page.getByRole('tab', { name: 'Constats' }).click();
  const first = page.locator('.mantine-Accordion-item').first();
  await first.getByRole('button').click();
  await first.getByRole('link').first().click();
  await page.waitForURL('**/assets/*');
  await page.getByRole('tab', { name: 'Constats' }).waitFor();
});

it('adds a contract with its amount and tells the day of notice', async () => {
  const { page } = await company();
  await page.getByRole('tab', { name: 'Cycle de vie' }).click();
  await page.getByRole('button', { name: 'Contrat', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Intitulé').fill('Maintenance onduleur');
  await dialog.getByLabel('Avec').fill('Électro Service');
  await dialog.getByLabel('Début').fill('2026-06-30');
  await dialog.getByLabel('Prix HT').fill('1 234,50');
  await dialog.getByRole('button', { name: 'Ajouter' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Maintenance onduleur' });
  await row.getByText('30 juin 2027').waitFor();
  expect((await row.innerText()).replace(/[\u00a0\u202f]/g, ' ')).toContain('1 234,50 €');
  await row.getByText('30 mars 2027').waitFor();
  await row.getByRole('button', { name: 'Supprimer', exact: false }).click();
  await dialog.getByRole('button', { name: 'Supprimer' }).click();
  await row.waitFor({ state: 'detached' });
});

it('hangs a file on a contract, gives it back as it was, and lets the client go with it', async () => {
  const { page } = await company();
  const content = `%PDF-1.7\n${'signé '.repeat(300_000)}`; // more than other requests may hold
  await page.getByRole('tab', { name: 'Cycle de vie' }).click();
  await page.getByRole('button', { name: /^Pièces jointes : / }).first().click();
  await page.getByRole('button', { name: 'Joindre un fichier' }).click();
  await page.setInputFiles('input[type=file]', { name: 'Contrat signé.pdf', mimeType: 'text/html', buffer: Buffer.from(content) });
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const link = page.getByRole('link', { name: 'Contrat signé.pdf' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('Contrat signé.pdf');
  expect((await readFile(await download.path(), 'utf8')) === content).toBe(true);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Tout exporter' }).click();
  const [whole] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'ZIP', exact: false }).click()]);
  expect(whole.suggestedFilename()).toMatch(/^parc .*\.zip$/);
  const zip = await readFile(await whole.path());
  expect(zip.includes('manifest.json')).toBe(true);
  expect(zip.includes(content.slice(0, 3000))).toBe(true);

  await page.getByRole('button', { name: /^Pièces jointes : / }).first().click();
  await page.getByRole('button', { name: /^Supprimer.*Contrat signé/ }).click();
  await page.getByRole('button', { name: 'Supprimer', exact: true }).click();
  await page.getByText('Aucun fichier joint').waitFor();
});

it('hands out the audit report in the language that is asked for', async () => {
  const { page, name } = await company();
  await page.getByRole('button', { name: 'Rapport d’audit' }).click();
  await page.getByText('English', { exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'HTML', exact: false }).click()]);
  expect(download.suggestedFilename()).toMatch(/^audit-.*\.html$/);
  const html = await readFile(await download.path(), 'utf8');
  expect(html).toContain(name);
  expect(html).toMatch(/<html lang="?en/);
});

it('follows a scan live to its end', async () => {
  const { page } = await company();
  const stream = page.waitForResponse((r) => new URL(r.url()).pathname.endsWith('/events'));
  await page.getByRole('link', { name: 'Scanner' }).click();
  const targets = page.getByRole('textbox', { name: 'Cibles' });
  const network = await targets.inputValue();
  expect(network).toMatch(/^127\.\d+\.\d+\.0\/24$/);
  await targets.fill(network.replace('.0/24', '.1-16'));
  await page.getByRole('radio', { name: 'Identité seulement' }).check();
  const done = page.getByRole('table', { name: 'Scans passés' }).locator('tbody tr');
  await done.first().waitFor();
  const before = await done.count();

  // Every number that the bar shows, from the moment it is there.
  await page.evaluate(() => {
    const seen = new Set<string>();
    (globalThis as { seen?: Set<string> }).seen = seen;
    const note = () => {
      const bar = document.querySelector('[role=progressbar][aria-label="Avancement du scan"]');
      if (bar) seen.add(bar.getAttribute('aria-valuenow') ?? '');
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole('button', { name: 'Lancer' }).click();
  const bar = page.getByRole('progressbar', { name: 'Avancement du scan' });
  await bar.waitFor();
  expect((await stream).headers()['content-type']).toContain('text/event-stream');
  await bar.waitFor({ state: 'detached', timeout: 100_000 });
  const seen = await page.evaluate(() => [...((globalThis as { seen?: Set<string> }).seen ?? [])]);
  expect(seen.length, `the bar showed ${seen.join(', ')}`).toBeGreaterThan(1);
  await done.first().getByText('Terminé').waitFor();
  expect(await done.count()).toBe(before + 1);
  expect(Number(await done.first().getByRole('cell').nth(5).innerText())).toBeGreaterThan(0);
});

it('stops a scan', async () => {
  const { page } = await company();
  await page.getByRole('tab', { name: 'Scans' }).click();
  await page.getByRole('button', { name: 'Lancer' }).click();
  await page.getByRole('button', { name: 'Arrêter' }).click();
  await page.getByRole('progressbar', { name: 'Avancement du scan' }).waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Scans passés' }).locator('tbody tr').first().getByText('Annulé').waitFor();
});

it('speaks French and English, as the browser does or as was chosen', async () => {
  const { page } = await company('en-GB');
  await page.getByRole('tab', { name: 'Lifecycle' }).waitFor();
  await page.getByText('FR', { exact: true }).click();
  await page.getByRole('tab', { name: 'Cycle de vie' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
  await page.reload();
  await page.getByRole('tab', { name: 'Cycle de vie' }).waitFor();
});

it('works on a narrow screen and in the dark', async () => {
  const { page } = await open(url, { width: 400 });
  await signIn(page, login, password);
  await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
  await page.getByRole('button', { name: 'Ouvrir le menu' }).click();
  await page.getByRole('button', { name: 'Passer au thème sombre' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
  await page.getByRole('link', { name: 'Clients' }).click();
  await page.getByRole('heading', { name: 'Clients', level: 1 }).waitFor();
  // Nothing sticks out: the page itself does not scroll sideways.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

it('says so when there is no such page or asset', async () => {
  const { page, expects } = await company();
  await page.goto('/no/such/page');
  await page.getByText('Cette page n’existe pas').waitFor();
  expects('404 /api/v1/assets/');
  await page.goto('/assets/00000000-0000-7000-8000-000000000000');
  await page.getByText('Introuvable, ou réservé à d’autres').waitFor();
});
