import { expect, test } from '@playwright/test';
import { PRODUCT } from '../support/product';

test('the token given at the first start opens the API', async ({ request }) => {
  const answer = await request.get('/api/v1/projects', { headers: { authorization: `Bearer ${PRODUCT.apiToken}` } });

  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ items: expect.any(Array) });
});

test('the API is closed without a token', async ({ request }) => {
  const answer = await request.get('/api/v1/projects');

  expect(answer.status()).toBe(401);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
});

test('a visitor is led to the sign-in page', async ({ page }) => {
  await page.goto('/');

  await expect(page.locator('input[type="password"]')).toBeVisible();
});
