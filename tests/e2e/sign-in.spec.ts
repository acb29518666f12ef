import { createAccount } from '../support/accounts';
import { expect, test } from '../support/journey';
import { isAwake } from '../support/project-page';

test('a visitor is led to sign in and back to the page they asked for', async ({ page, t }) => {
  const account = await createAccount();

  await page.goto('/rules');
  await isAwake(page);
  await page.getByLabel(t.auth.signIn.email).fill(account.email);
  await page.getByLabel(t.auth.signIn.password, { exact: true }).fill(account.password);
  await page.getByRole('button', { name: t.auth.signIn.submit }).click();

  await expect(page.getByRole('heading', { level: 1, name: t.rules.title })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/rules');
});

test('a wrong password is refused with a sentence and leaves the form filled', async ({ page, t, complaints }) => {
  const account = await createAccount();
  complaints.expect(/status of 401/);

  await page.goto('/sign-in');
  await isAwake(page);
  await page.getByLabel(t.auth.signIn.email).fill(account.email);
  await page.getByLabel(t.auth.signIn.password, { exact: true }).fill('something else');
  await page.getByRole('button', { name: t.auth.signIn.submit }).click();

  await expect(page.getByRole('alert').filter({ hasText: t.auth.signIn.refused })).toBeVisible();
  await expect(page.getByLabel(t.auth.signIn.email)).toHaveValue(account.email);
});
