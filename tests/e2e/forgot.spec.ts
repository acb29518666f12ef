import { createAccount } from '../support/accounts';
import { expect, test } from '../support/journey';
import { mailTo } from '../support/kept-mail';
import { linkIn } from '../support/mail-server';
import { isAwake } from '../support/project-page';

const NEW = 'a password of nobody else';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('somebody who forgot their password has a link mailed, chooses a new one and signs in', async ({
      page,
      t,
    }) => {
      const account = await createAccount();
      const { signIn, invalid, setup } = t.auth;
      const { forgot, reset } = t.access;

      await page.goto('/sign-in');
      await page.getByRole('link', { name: forgot.link }).click();
      await expect(page.getByRole('heading', { level: 1, name: forgot.title })).toBeVisible();
      await isAwake(page);
      await page.getByLabel(signIn.email).fill('nobody');
      await page.getByRole('button', { name: forgot.submit }).click();
      await expect(page.getByText(invalid.email)).toBeVisible();
      await page.getByLabel(signIn.email).fill(account.email);
      await page.getByRole('button', { name: forgot.submit }).click();
      await expect(page.getByRole('status').filter({ hasText: forgot.done(account.email) })).toBeVisible();

      const mail = await mailTo(account.email);
      expect(mail.parsed.subject).toBe(t.mail.password.subject);
      await page.goto(linkIn(mail, '/reset/'));
      await isAwake(page);
      await page.getByLabel(reset.password, { exact: true }).fill(NEW);
      await page.getByLabel(setup.again).fill(NEW);
      await page.getByRole('button', { name: reset.submit }).click();
      await expect(page.getByText(reset.done)).toBeVisible();

      await page.goto('/sign-in');
      await isAwake(page);
      await page.getByLabel(signIn.email).fill(account.email);
      await page.getByLabel(signIn.password, { exact: true }).fill(NEW);
      await page.getByRole('button', { name: signIn.submit }).click();
      await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
    });
  });
}

test('nobody learns on the page whether an address has an account', async ({ page, t }) => {
  const email = 'nobody-at-all@example.com';

  await page.goto('/forgot');
  await isAwake(page);
  await page.getByLabel(t.auth.signIn.email).fill(email);
  await page.getByRole('button', { name: t.access.forgot.submit }).click();

  await expect(page.getByRole('status').filter({ hasText: t.access.forgot.done(email) })).toBeVisible();
});
