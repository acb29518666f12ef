import type { FindingPage } from '@/lib/schemas/findings';
import { violationsOf } from '../support/a11y';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

const DAY_MS = 86_400_000;

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the inbox shows what is new, what is one’s own, and the verdict that ends soon', async ({
      page,
      api,
      member,
      t,
    }) => {
      await using project = await auditedProject(api);
      const { items } = await api.get<FindingPage>(`/projects/${project.projectId}/findings`);
      const [ending, own] = items;
      const until = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10);
      await api.post('/findings/bulk', {
        findingIds: [ending?.findingId],
        verdict: 'accepted',
        reason: 'for now',
        until,
      });
      await api.post('/findings/bulk', { findingIds: [own?.findingId], assigneeId: member.userId });
      const rows = page.getByRole('region', { name: t.findings.list }).getByRole('link');
      const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

      await visit(page, '/inbox');
      await expect(rows).toHaveCount(1);
      await expect(rows).toContainText(own?.message[language] ?? '');
      await tab(t.triage.views.expiring).click();
      await expect(page).toHaveURL(/view=expiring/);
      await expect(rows).toHaveCount(1);
      await expect(rows).toContainText(ending?.message[language] ?? '');
      await expect(page.getByRole('article', { name: ending?.message[language] ?? '' })).toContainText('for now');
      expect(await violationsOf(page)).toEqual([]);
      await tab(t.triage.views.new).click();
      // What the first audit of a project found is new to nobody.
      await expect(page.getByText(t.triage.empty.new)).toBeVisible();
      await page.goBack();
      await expect(rows).toHaveCount(1);
    });
  });
}
