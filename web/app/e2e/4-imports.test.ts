import { expect, it } from 'vitest';
import { setting, signIn, startBrowser } from './browser';

const url = setting('PARC_URL');
const login = setting('PARC_LOGIN');
const password = setting('PARC_PASSWORD');
const open = startBrowser();

/** A table as Excel in French saves it: cp1252, semicolons, decimal commas. */
const table = Buffer.from(
  'Numéro de série;Nom;Affecté à;Prix d\x92achat HT;Date d\x92achat;Matériel de\r\n' +
    'SN-E2E-0001;essai-un;Zoé;1 234,50;15/03/2025;Lyon\r\nSN-E2E-0002;essai-deux;;;;Lyon\r\nSN-E2E-0003;essai-trois;;;30/02/2026;\r\n',
  'latin1',
);

it('takes a spreadsheet in after a look at every row, and takes it back', async () => {
  const { page } = await open(url, {});
  await signIn(page, login, password);
  await page.getByRole('table', { name: 'Clients' }).getByRole('link').first().click();
  await page.getByRole('tab', { name: 'Équipements', exact: true }).click();
  await page.getByRole('link', { name: 'Importer' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'parc essai.csv', mimeType: 'text/csv', buffer: table });
  const rows = page.getByRole('table', { name: 'Ce que ferait chaque ligne' });
  await rows.getByText('« 30/02/2026 » n’est pas un jour', { exact: false }).waitFor();

  // A column that was not understood is named: the sites of the rows.
  await page.getByRole('combobox', { name: 'Matériel de' }).click();
  await page.getByRole('option', { name: 'Site (nom)' }).click();
  await page.getByText('Nouveaux sites : Lyon').waitFor();
  const take = page.getByRole('button', { name: 'Importer 2 lignes' });
  expect(await take.isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'Laisser de côté la ligne refusée' }).check();
  await take.click();
  const list = page.getByRole('table', { name: 'Fichiers importés' });
  await list.getByText('parc essai.csv').waitFor();
  await list.getByText('2 nouveaux').waitFor();

  await page.getByRole('link', { name: 'Équipements' }).click();
  await page.getByRole('searchbox').fill('SN-E2E');
  await page.getByRole('link', { name: 'essai-deux' }).waitFor();

  await page.getByRole('link', { name: 'Importer' }).click();
  await page.getByRole('button', { name: 'Annuler l’import de parc essai.csv' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler', exact: true }).last().click();
  await page.getByRole('dialog', { name: 'Import annulé : parc essai.csv' }).getByText('2 équipements retirés').waitFor();
  await page.getByRole('dialog').getByText('1 site retiré').waitFor();
});
