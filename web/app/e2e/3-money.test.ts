import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { setting, signIn, startBrowser } from './browser';

// The money of the simulated company: what it will pay, and when to replace what.
const url = setting('PARC_URL');
const login = setting('PARC_LOGIN');
const password = setting('PARC_PASSWORD');
const open = startBrowser();

/** Signed in, in a section of the company. */
async function section(name: string, width?: number) {
  const { page } = await open(url, { width });
  await signIn(page, login, password);
  await page.getByRole('table', { name: 'Clients' }).getByRole('link').first().click();
  await page.getByRole('tab', { name, exact: true }).click();
  return page;
}

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const cents = (text: string) => Math.round(Number(text.replace(/[^\d,-]/g, '').replace(',', '.')) * 100);

/** The net amount that a card shows, in cents. */
const card = async (page: Page, label: string) =>
  cents(await page.getByRole('region', { name: 'Montants en EUR' }).locator('.mantine-Card-root', { hasText: label }).locator('.numeric').first().innerText());

it('forecasts what is paid, and its months add up to the sum', async () => {
  const page = await section('Prévisions');
  const money = page.getByRole('region', { name: 'Montants en EUR' });
  await money.locator('.recharts-bar-rectangle').first().waitFor();
  const net = await card(page, 'À payer HT');
  expect(net).toBeGreaterThan(0);
  await money.getByText('Tableau', { exact: true }).click();
  const months = money.getByRole('table').locator('tbody tr');
  await months.first().waitFor();
  const cells = await months.locator('td:nth-child(3)').allInnerTexts();
  expect(cells.filter((text) => text !== '—').reduce((sum, text) => sum + cents(text), 0)).toBe(net);

  // Only rents: fewer lines, less money, and the same for whoever opens the link.
  await page.getByRole('combobox', { name: 'Nature' }).click();
  await page.getByRole('option', { name: 'Loyer' }).click();
  await page.waitForURL(/kind=/);
  await page.waitForFunction(() => !document.querySelector('[aria-label="Ce qui se termine ou se paie"] tbody')?.textContent?.includes('Licence'));
  const rents = await card(page, 'À payer HT');
  expect(rents).toBeLessThan(net);
  await page.reload();
  await money.waitFor();
  expect(await card(page, 'À payer HT')).toBe(rents);
  for (const row of await page.getByRole('table', { name: 'Ce qui se termine ou se paie' }).locator('tbody tr').allInnerTexts()) expect(row).toContain('Loyer');

  // A period of one month, by the keyboard.
  await page.getByRole('button', { name: 'Effacer les filtres' }).click();
  const from = await page.getByLabel('Du', { exact: true }).inputValue();
  await page.getByLabel('Au', { exact: true }).fill(from);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`to=${from}`));
  await page.getByText('Comment c’est compté').waitFor();
});

it('plans replacements, and says of a cap that is too small what does not fit', async () => {
  const page = await section('Budget');
  const plan = page.getByRole('table', { name: 'Quand remplacer quoi' }).locator('tbody tr');
  await plan.first().waitFor();
  expect(await plan.count()).toBeGreaterThan(5);
  await page.getByText('Fin de location').first().waitFor();

  await page.getByText('Budget', { exact: true }).last().click();
  await page.waitForURL(/view=scenarios/);
  await page.getByText('Aucun scénario choisi', { exact: false }).waitFor();
  const add = async (name: string, cap: string) => {
    await page.getByRole('button', { name: 'Scénario', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-path=name]').fill(name);
    await dialog.getByLabel('Plafond par an').fill(cap);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: `Comparer « ${name} »` }).check();
  };
  await add('Trop peu', '100');
  await add('Assez', '100 000');
  const figures = page.getByRole('table', { name: 'Côte à côte' });
  await figures.getByRole('columnheader', { name: 'Assez' }).waitFor();
  expect(plain(await figures.getByRole('row', { name: /^Dans les plafonds/ }).innerText())).toMatch(/Ne tient pas\s+Tout tient/);
  await page.getByRole('alert').getByText(/au moins .* de plus/).first().waitFor();
  await page.locator('label', { hasText: 'Assez' }).click();
  await page.getByRole('alert').getByText(/au moins .* de plus/).first().waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Année de chaque équipement' }).getByRole('link').first().waitFor();

  for (const name of ['Trop peu', 'Assez']) {
    await page.getByRole('button', { name: new RegExp(`^Supprimer.*${name}`) }).click();
    await page.getByRole('button', { name: 'Supprimer', exact: true }).click();
    await page.getByRole('checkbox', { name: `Comparer « ${name} »` }).waitFor({ state: 'detached' });
  }
});

it('keeps the sections of the money within a phone', async () => {
  const page = await section('Prévisions', 390);
  await page.getByRole('region', { name: 'Montants en EUR' }).waitFor();
  const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await tooWide()).toBeLessThanOrEqual(0);
  await page.getByRole('tab', { name: 'Budget', exact: true }).click();
  await page.getByRole('table', { name: 'Quand remplacer quoi' }).waitFor();
  expect(await tooWide()).toBeLessThanOrEqual(0);
});

it('amends a lease, whose new rent the forecast then has, and says on its field what is impossible', async () => {
  const page = await section('Cycle de vie');
  await page.getByText('Achats et locations', { exact: false }).first().click();
  const row = page.getByRole('row').filter({ hasText: 'Location financière' }).first();
  const rents = () =>
    page.evaluate(async () => {
      const client = location.pathname.split('/')[2] ?? '';
      const answer = await fetch(`/api/v1/clients/${client}/forecast?kind=rent`);
      return ((await answer.json()) as { lines: { net: { minor: number } }[] }).lines.map((l) => l.net.minor);
    });
  const before = await rents();
  const edit = async () => {
    await row.getByRole('button', { name: /^Modifier/ }).click();
    return page.getByRole('dialog');
  };
  let dialog = await edit();
  await dialog.getByRole('button', { name: 'Avenant', exact: true }).click();
  await dialog.getByLabel('En vigueur le').fill('1999-01-01');
  await dialog.getByLabel('Loyer total ensuite HT').fill('876,54');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('Un jour après le début de la location').waitFor();
  await dialog.getByLabel('En vigueur le').fill(await page.evaluate(() => new Date().toISOString().slice(0, 10)));
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.waitFor({ state: 'detached' });
  // A rent over several assets is split among their sites and classes.
  expect(Math.max(...(await rents()))).toBeGreaterThan(Math.max(...before));

  dialog = await edit();
  await dialog.getByRole('button', { name: 'Supprimer: Avenants 1' }).click();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await rents()).toEqual(before);
});

it('logs an intervention under a contract, and takes note of a deadline by the keyboard', async () => {
  const page = await section('Interventions');
  await page.getByRole('button', { name: 'Intervention', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Ce qui a été fait').fill('Câble remplacé');
  await dialog.getByRole('combobox', { name: 'Contrat' }).click();
  await page.getByRole('option', { name: 'Infogérance', exact: false }).click();
  await dialog.getByLabel('Travail (minutes)').fill('25');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'Câble remplacé' });
  await row.getByText('promis avant le', { exact: false }).first().waitFor();
  expect(plain(await row.innerText())).toContain('25 min');
  await row.getByRole('button', { name: /^Supprimer/ }).click();
  await page.getByRole('button', { name: 'Supprimer', exact: true }).click();
  await row.waitFor({ state: 'detached' });

  await page.getByRole('tab', { name: 'Échéances' }).click();
  const near = page.getByRole('table', { name: 'Ce qui approche' });
  await near.getByRole('button', { name: /^Prendre note/ }).first().focus();
  const what = await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.replace('Prendre note : ', '') ?? '');
  await page.keyboard.press('Enter');
  await near.getByRole('button', { name: `Prendre note : ${what}`, exact: true }).waitFor({ state: 'detached' });
  await page.getByText(/^Toutes \d+$/).click();
  await near.getByText('Pris en note').waitFor();
  await near.getByRole('button', { name: `Rouvrir : ${what}`, exact: true }).click();
  await near.getByRole('button', { name: `Prendre note : ${what}`, exact: true }).waitFor();
});
