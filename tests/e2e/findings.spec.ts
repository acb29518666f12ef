import { findRule } from '@/lib/magics/registry';
import type { FindingPage } from '@/lib/schemas/findings';
import { expect, test } from '../support/journey';
import { projectPage, visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

const RULE = 'strict/no-dynamic-execution';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a finding is reached from its magic and the address keeps what is on screen', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      const address = `/projects/${project.projectId}/findings`;
      const { items } = await api.get<FindingPage>(address);
      const finding = items.find(({ ruleId }) => ruleId === RULE);
      const title = findRule(RULE)?.title[language] ?? '';
      const message = finding?.message[language] ?? '';
      const severity = t.common.severity[finding?.severity ?? 'info'];

      await visit(page, `/projects/${project.projectId}`);
      await projectPage(page, t).card('strict').getByRole('link').click();
      await expect(page.getByRole('heading', { level: 1, name: t.common.magics.strict })).toBeVisible();
      await page.getByRole('region', { name: t.magic.rules }).getByRole('link', { name: title }).click();
      await page.getByRole('article', { name: title }).getByRole('link', { name: message }).click();

      const code = page.getByRole('region', { name: t.findings.code.label('src/payment.ts') });
      await expect(page.getByRole('article', { name: message })).toBeVisible();
      await expect(code.getByText('return eval(expression);')).toBeVisible();
      await expect(code).toContainText(message);
      await expect(page).toHaveURL(new RegExp(`${address}\\?.*finding=${finding?.findingId}`));
      await page.getByLabel(t.findings.blame).click();
      await expect(code.getByText('Hasty Author').first()).toBeVisible();

      await page.getByRole('button', { name: t.findings.filter.clear }).click();
      await page.getByRole('button', { name: t.findings.filter.severity, exact: true }).click();
      await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${severity}`) }).click();
      await page.keyboard.press('Escape');
      const chosen = page.getByRole('button', { name: t.findings.filter.one(t.findings.filter.severity, severity) });
      const same = items.filter((item) => item.severity === finding?.severity);
      const list = page.getByRole('region', { name: t.findings.list }).getByRole('link');
      const isKept = async () => {
        await expect(chosen).toBeVisible();
        await expect(list).toHaveCount(same.length);
        for (const item of await list.all()) await expect(item).toContainText(severity);
        await expect(page).toHaveURL(new RegExp(`severity=${finding?.severity}`));
      };
      await isKept();
      await list.filter({ hasText: message }).click();
      await expect(code).toBeVisible();

      await page.reload();
      await isKept();
      await expect(code.getByText('return eval(expression);')).toBeVisible();
      await expect(page.getByLabel(t.findings.blame)).toBeChecked();

      await page.getByRole('tab', { name: t.findings.tabs.why }).click();
      await page.getByRole('link', { name: t.findings.rulePage }).click();
      await expect(page).toHaveURL(/\/rules\//);
      await page.goBack();
      await isKept();
      await expect(page.getByRole('tab', { name: t.findings.tabs.why, selected: true })).toBeVisible();
    });
  });
}
