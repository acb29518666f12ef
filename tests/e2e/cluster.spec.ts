import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { at } from '@/k8s/cluster/cluster-object';
import { cliClusterEn } from '@/lib/i18n/cli-cluster.en';
import { cliClusterJa } from '@/lib/i18n/cli-cluster.ja';
import { violationsOf } from '../support/a11y';
import { signIn } from '../support/accounts';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { startApiServer } from '../support/kubernetes/api-server';
import { runControllers } from '../support/kubernetes/controllers';
import { writeKubeconfig } from '../support/kubernetes/kubeconfig';
import { KUBECONFIG, PRODUCT } from '../support/product';
import { productDb } from '../support/product-data';

const WIDTHS = [390, 900, 1440] as const;
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ancient-elder', name: 'elder-web' };
const BROKEN =
  'deploymentMode: multi_node\nmonitoring: { isEnabled: false }\nweb:\n  minReplicas: 3\n  maxReplicas: 1\n';
const WHOLE = '# Ours\ndeploymentMode: multi_node\nmonitoring: { isEnabled: false }\n';

// The installation has one cluster.
test.describe.configure({ mode: 'serial' });

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the owner describes a cluster, applies it, resumes after a failure and removes it', async ({
      context,
      page,
      t,
    }) => {
      const words = t.cluster;
      const clusterWords = { en: cliClusterEn, ja: cliClusterJa }[language];
      await using server = await startApiServer();
      const trouble: { silent?: string[]; fails?: Record<string, string> } = { silent: ['elder-postgres'] };
      runControllers(server, trouble);
      await using kubeconfig = await writeKubeconfig({ harbour: server }, KUBECONFIG);
      expect(kubeconfig.file).toBe(KUBECONFIG);
      const owner = await productDb().user.findFirstOrThrow({ where: { email: PRODUCT.owner.email } });
      await signIn(context, { userId: owner.id });
      await productDb().clusterConfiguration.deleteMany({});
      await productDb().clusterRun.deleteMany({});
      const actions = page.getByRole('region', { name: words.actions.title });
      const verb = (name: keyof typeof words.verb) =>
        actions.getByRole('button', { name: words.verb[name], exact: true });
      const run = (name: keyof typeof words.verb) => page.getByRole('region', { name: words.verb[name], exact: true });

      // Nothing is described yet; what is wrong is told with its line while it is written.
      await openPage(page, '/operations');
      await page
        .getByRole('navigation', { name: t.scaling.tabs.label })
        .getByRole('link', { name: words.title })
        .click();
      await expect(page.getByText(words.lead.none)).toBeVisible();
      await expect(page.getByText(words.access.kubeconfig)).toBeVisible();
      await expect(verb('apply')).toBeDisabled();
      await page.getByRole('button', { name: words.editor.yaml, exact: true }).click();
      await page.getByLabel(words.editor.yamlLabel).fill(BROKEN);
      await expect(page.getByText(/(?:Line 5|5行目).*web\.maxReplicas/)).toBeVisible();
      await page.getByLabel(words.editor.yamlLabel).fill(WHOLE);
      await page.getByRole('button', { name: words.editor.form, exact: true }).click();
      await page.getByLabel(words.fields.host, { exact: true }).fill('elder.example.org');
      await expect(page.getByText(words.editor.unsaved, { exact: true })).toBeVisible();
      await page.getByRole('button', { name: words.editor.save, exact: true }).click();
      await expect(page.getByText(words.editor.saved)).toBeVisible();
      await page.getByRole('button', { name: words.editor.yaml, exact: true }).click();
      await expect(page.getByLabel(words.editor.yamlLabel)).toHaveValue(/# Ours[\s\S]*host: elder\.example\.org/);

      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: words.actions.download }).click();
      const file = await (await download).path();
      const objects = parseAllDocuments(await readFile(file, 'utf8')).map((document) => document.toJS());
      expect(objects.map((object) => at(object, 'kind'))).toContain('Deployment');

      // Phases are shown while they go; a stop leaves what is done.
      await verb('apply').click();
      const phases = run('apply').getByRole('listitem');
      await expect(phases.filter({ hasText: 'StatefulSet ancient-elder/elder-postgres' })).toContainText(
        words.run.state.running,
      );
      await expect(phases.filter({ hasText: clusterWords.phases.infrastructure })).toContainText(words.run.state.done);
      await expect(verb('destroy')).toBeDisabled();
      await run('apply').getByRole('button', { name: words.run.stop }).click();
      await expect(run('apply').getByText(words.run.stopped)).toBeVisible();

      // The next one goes on, stops at what fails with cause and recovery, and is resumed once that is mended.
      const checks = objects.map((object) => String(at(object, 'metadata', 'name')));
      const check = checks.find((name) => name.startsWith('elder-check-database')) ?? '';
      trouble.silent = [];
      trouble.fails = { [check]: 'password authentication failed' };
      server.remove({ ...WEB, kind: 'StatefulSet', name: 'elder-postgres' });
      await run('apply').getByRole('button', { name: words.run.resume }).click();
      const failure = page.getByRole('group', {
        name: words.run.failed(clusterWords.phases.storage, `Job ancient-elder/${check}`),
      });
      await expect(failure).toContainText(clusterWords.recoveries['database-check'] ?? '');
      await expect(failure).toContainText('password authentication failed');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `overflow at ${width}`).toBeLessThanOrEqual(0);
      }
      trouble.fails = {};
      await run('apply').getByRole('button', { name: words.run.resume }).click();
      await expect(run('apply').getByText(words.run.state['already-done']).first()).toBeVisible();
      await expect(
        run('apply')
          .getByText(/harbour/)
          .first(),
      ).toBeVisible();
      await expect(run('apply').getByRole('status')).toContainText(words.run.status.done, { timeout: 60_000 });
      expect(server.find(WEB)).toBeDefined();

      await verb('diff').click();
      await expect(run('diff').getByText(words.run.fineDiff('harbour'))).toBeVisible();
      await verb('validate').click();
      await expect(run('validate').getByText(words.run.accepted('harbour'))).toBeVisible();
      await verb('status').click();
      await expect(run('status').getByText(words.run.lastApply.complete)).toBeVisible();

      // Removing wants the name.
      await verb('destroy').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: words.destroy.submit }).click();
      await expect(dialog.getByText(words.destroy.wrong('elder'))).toBeVisible();
      await dialog.getByLabel(words.destroy.confirm('elder')).fill('elder');
      await dialog.getByRole('button', { name: words.destroy.submit }).click();
      await expect(run('destroy').getByRole('status')).toContainText(words.run.status.done, { timeout: 60_000 });
      expect(server.find(WEB)).toBeUndefined();
      const list = page.getByRole('table', { name: words.run.list });
      await expect(list.getByRole('row')).toHaveCount(8);
    });
  });
}
