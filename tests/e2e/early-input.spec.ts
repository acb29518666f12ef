import { createAccount } from '../support/accounts';
import { expect, test } from '../support/journey';
import { holdScripts } from '../support/late-scripts';
import { startProduct } from '../support/start-product';

test('what is typed and clicked before the sign-in page is awake signs in', async ({ page, t }) => {
  const account = await createAccount();
  const release = await holdScripts(page);

  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel(t.auth.signIn.email).fill(account.email);
  await page.getByLabel(t.auth.signIn.password, { exact: true }).fill(account.password);
  await page.getByRole('button', { name: t.auth.signIn.submit }).click();
  expect(new URL(page.url()).search).toBe('');
  release();

  await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
});

test('what is wrong in an early click is said and the form stays filled', async ({ page, t }) => {
  const release = await holdScripts(page);

  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel(t.auth.signIn.email).fill('ada@example.com');
  await page.getByRole('button', { name: t.auth.signIn.submit }).click();
  release();

  await expect(page.getByText(t.auth.invalid.password)).toBeVisible();
  await expect(page.getByLabel(t.auth.signIn.password, { exact: true })).toBeFocused();
  await expect(page.getByLabel(t.auth.signIn.email)).toHaveValue('ada@example.com');
});

test('what is typed and clicked before the set-up page is awake creates the owner', async ({ page, t }) => {
  await using product = await startProduct();
  const [, link = ''] = await product.says(/Create the first account: (\S+)/);
  const { signIn, setup } = t.auth;
  const release = await holdScripts(page);

  await page.goto(link, { waitUntil: 'commit' });
  await page.getByLabel(signIn.email).fill('ada@example.com');
  await page.getByLabel(setup.name).fill('Ada');
  await page.getByLabel(setup.teamName).fill('Gardeners');
  await page.getByLabel(signIn.password, { exact: true }).fill('a password of nobody else');
  await page.getByLabel(setup.again).fill('a password of nobody else');
  await page.getByRole('button', { name: setup.submit }).click();
  release();

  await expect(page.getByText(t.projects.empty.title)).toBeVisible();

  // It would go on calling a product that stops.
  await page.close();
});

test('an address typed before the register page is awake is checked', async ({ page, member, t }) => {
  expect(member.userId).toBeTruthy();
  const release = await holdScripts(page);

  await page.goto('/projects/new', { waitUntil: 'commit' });
  await page.getByLabel(t.register.url).fill('/nowhere/at/all');
  release();

  const line = page.getByRole('listitem').filter({ hasText: t.register.checks.reachable });
  await expect(line).toContainText(t.register.details.reachable_missing ?? '');
  await expect(page.getByLabel(t.register.url)).toHaveValue('/nowhere/at/all');
});
