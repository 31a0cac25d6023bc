import { expect, it } from 'vitest';
import { choosePassword, setting, signIn, startBrowser } from './browser';

// A server at its first start: one administrator with a one-time password, and
// nothing else. The tests follow each other.
const url = setting('PARC_FRESH_URL');
const oneTime = setting('PARC_FRESH_PASSWORD');
const chosen = 'une phrase facile à retenir';
const open = startBrowser();

it('refuses a wrong password without saying which part was wrong', async () => {
  const { page } = await open(url);
  await signIn(page, 'admin', 'not the password');
  await page.getByRole('alert').getByText('Identifiant ou mot de passe incorrect.').waitFor();
  expect(await page.locator('input[name=password]').inputValue()).toBe('');
});

it('lets nobody past a one-time password, then opens an empty parc that says what to do', async () => {
  const { page } = await open(url);
  await signIn(page, 'admin', oneTime);
  await page.waitForURL('**/password');
  await page.goto('/clients');
  await page.waitForURL('**/password');

  await choosePassword(page, oneTime, 'trop court');
  await page.getByText('Il faut au moins 12 caractères.').first().waitFor();
  await choosePassword(page, oneTime, chosen);
  await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
  await page.getByText('Aucun client pour l’instant').waitFor();
});

it('makes a client ready to scan, and refuses networks that are none', async () => {
  const { page, expects } = await open(url);
  await signIn(page, 'admin', chosen);
  await page.getByRole('button', { name: 'Nouveau client' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nom').fill('Atelier <b>Test</b> & fils');
  await dialog.getByLabel('Réseaux du site').fill('bureau');
  await dialog.getByRole('button', { name: 'Créer' }).click();
  await dialog.getByText('« bureau » n’est pas un réseau', { exact: false }).waitFor();

  // What only the server knows: this range is not private.
  expects('422 /api/v1/clients/');
  await dialog.getByLabel('Réseaux du site').fill('8.8.8.0/24');
  await dialog.getByRole('button', { name: 'Créer' }).click();
  await dialog.getByRole('alert').getByText('8.8.8.0/24', { exact: false }).waitFor();

  await dialog.getByLabel('Réseaux du site').fill('127.0.0.0/29 Boucle');
  await dialog.getByRole('button', { name: 'Créer' }).click();
  await page.waitForURL('**/scans');
  await page.getByRole('heading', { level: 1, name: 'Atelier <b>Test</b> & fils', exact: true }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Cibles' }).inputValue()).toBe('127.0.0.0/29');
});

it('sends no packet outside the declared networks, and says which are allowed', async () => {
  const { page, expects } = await open(url);
  expects('422 /api/v1/clients/');
  await signIn(page, 'admin', chosen);
  await page.getByRole('link', { name: 'Atelier', exact: false }).first().click();
  await page.getByRole('tab', { name: 'Scans' }).click();
  await page.getByRole('textbox', { name: 'Cibles' }).fill('127.0.1.1');
  await page.getByRole('button', { name: 'Lancer' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Cible hors des réseaux déclarés').waitFor();
  expect(await alert.innerText()).toContain('127.0.0.0/29');
});

it('adds and removes a network, a credential whose secret is never shown again, and a schedule', async () => {
  const { page } = await open(url);
  await signIn(page, 'admin', chosen);
  await page.getByRole('link', { name: 'Atelier', exact: false }).first().click();
  await page.getByRole('tab', { name: 'Réseaux' }).click();
  await page.getByRole('button', { name: 'Nouvel accès' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nom').fill('Lecture');
  await dialog.getByLabel('Communauté').fill('s3cret-c0mmunity');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('cell', { name: 'Lecture', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('cell', { name: 'Lecture', exact: true }).waitFor();
  expect(await page.content()).not.toContain('s3cret-c0mmunity');

  await page.getByRole('tab', { name: 'Planification' }).click();
  await page.getByRole('button', { name: 'Nouvelle planification' }).click();
  await dialog.getByLabel('Nom').fill('Chaque nuit');
  await dialog.getByLabel('Quand').fill('30 2 * * 1-5');
  expect(await dialog.getByTestId('cron-hint').innerText()).toBe('du lundi au vendredi à 02:30');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  const row = page.getByRole('row', { name: 'Chaque nuit', exact: false });
  await row.getByText('du lundi au vendredi à 02:30').waitFor();
  await row.getByRole('button', { name: 'Supprimer', exact: false }).click();
  await dialog.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByText('Aucune planification').waitFor();
});

it('gives a new user a one-time password and only its own clients', async () => {
  const { page } = await open(url);
  await signIn(page, 'admin', chosen);
  await page.getByRole('link', { name: 'Utilisateurs' }).click();
  await page.getByRole('button', { name: 'Nouvel utilisateur' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Identifiant').fill('paul');
  await dialog.getByLabel('Nom', { exact: true }).fill('Paul Roux');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  const password = await page.getByTestId('one-time-password').innerText();
  await dialog.getByRole('button', { name: 'C’est noté' }).click();
  await page.getByRole('row', { name: 'Paul Roux', exact: false }).waitFor();

  const other = (await open(url, { language: 'en-GB' })).page;
  await signIn(other, 'paul', password);
  await choosePassword(other, password, 'another long sentence');
  await other.getByText('No clients yet').waitFor();
  expect(await other.getByRole('link', { name: 'Users' }).count()).toBe(0);
  await other.goto('/users');
  await other.getByRole('heading', { name: 'Overview' }).waitFor();
});

it('signs out, and shows nothing afterwards', async () => {
  const { page } = await open(url);
  await signIn(page, 'admin', chosen);
  await page.getByRole('button', { name: 'Mon compte' }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.waitForURL('**/sign-in*');
  await page.goto('/clients');
  await page.waitForURL('**/sign-in?next=*');
});
