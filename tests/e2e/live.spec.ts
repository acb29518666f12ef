import type { ProjectOverview } from '@/lib/schemas/projects';
import type { MeView } from '@/lib/schemas/users';
import { signIn } from '../support/accounts';
import { elderApi } from '../support/elder-api';
import { expect, test } from '../support/journey';
import { countLoads, projectPage, visit } from '../support/project-page';
import { largeApplication, registerProject } from '../support/repositories';
import { startProduct } from '../support/start-product';

test('two tabs follow one audit and are right without a reload though the web process dies in the middle', async ({
  page,
  context,
  t,
  complaints,
}) => {
  const token = 'elder_own_initial_token_0123456789';
  await using product = await startProduct({
    env: {
      ELDER_INIT_EMAIL: 'ada@example.com',
      ELDER_INIT_PASSWORD: 'a password of nobody else',
      ELDER_INIT_API_TOKEN: token,
    },
  });
  const api = elderApi(token, product.url);
  const { userId } = await api.get<MeView>('/me');
  await signIn(context, { userId, ...product });
  await using project = await registerProject(api, largeApplication(2000));
  const address = `${product.url}/projects/${project.projectId}`;
  const tabs = [page, await context.newPage()];
  // While nobody listens, the browser says so.
  complaints.expect(/WebSocket|net::ERR_/);

  for (const tab of tabs) {
    await visit(tab, address);
    await expect(projectPage(tab, t).stages).toBeVisible();
  }
  const loads = tabs.map(countLoads);
  const returned = Promise.all(tabs.map((tab) => tab.waitForEvent('websocket')));
  product.killWeb();
  for (const tab of tabs) await expect(tab.getByText(t.common.live.connecting, { exact: true })).toBeVisible();
  await returned;

  for (const tab of tabs) {
    const view = projectPage(tab, t);
    await expect(view.idle).toBeVisible({ timeout: 60_000 });
    await expect(view.allJudged).toBeVisible();
    await expect(view.stages).toBeHidden();
  }
  const overview = await api.get<ProjectOverview>(`/projects/${project.projectId}/overview`);
  expect(overview.current?.status).toBe('completed');
  const health = String(Math.round(overview.current?.healthScore ?? Number.NaN));
  for (const tab of tabs) {
    await expect(projectPage(tab, t).health.getByText(health, { exact: true }).first()).toBeVisible();
  }
  expect(loads.map((count) => count())).toEqual([0, 0]);
});
