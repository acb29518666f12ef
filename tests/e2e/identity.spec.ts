import type { InvitationCreated } from '@/lib/schemas/invitations';
import type { MeView } from '@/lib/schemas/users';
import { violationsOf } from '../support/a11y';
import { elderApi } from '../support/elder-api';
import { CLIENT, startIdentityProvider } from '../support/identity-provider';
import { expect, test } from '../support/journey';
import { startProduct } from '../support/start-product';

test('somebody joins a team with the account of a provider, and signs in with it again', async ({ page, t }) => {
  const token = 'elder_own_initial_token_0123456789';
  await using provider = await startIdentityProvider();
  await using product = await startProduct({
    env: {
      ELDER_INIT_EMAIL: 'ada@example.com',
      ELDER_INIT_PASSWORD: 'a password of nobody else',
      ELDER_INIT_API_TOKEN: token,
      OIDC_ISSUER: provider.url,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Example Login',
    },
  });
  const api = elderApi(token, product.url);
  const email = 'kai@example.com';
  provider.person = { sub: 'kai', name: 'Kai', email, email_verified: true };
  const { teams } = await api.get<MeView>('/me');
  const teamId = teams[0]?.teamId;
  const button = page.getByRole('button', { name: /Example Login/ });

  await page.goto(`${product.url}/sign-in`);
  await expect(button).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await button.click();
  await expect(page.getByRole('alert').filter({ hasText: t.auth.signIn.providerRefused })).toBeVisible();

  const { link } = await api.post<InvitationCreated>(`/teams/${teamId}/invitations`, { email, role: 'member' });
  await page.goto(link ?? '');
  await button.click();
  await page.getByRole('button', { name: t.access.join.accept, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();

  // What the page still asks would be refused without the cookies.
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(`${product.url}/sign-in`);
  await button.click();
  await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  // Before the product ends.
  await page.close();
});
