import type { FindingPage } from '@/lib/schemas/findings';
import { violationsOf } from '../support/a11y';
import { auditEnd } from '../support/audits';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject, runAudit } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a rule of one’s own is tried on the team’s repositories, saved, and finds in the next audit', async ({
      page,
      api,
      member,
      t,
      complaints,
    }) => {
      complaints.expect(/status of 4\d\d/);
      await using project = await auditedProject(api);
      const words = t.ownRules;
      const dialog = page.getByRole('dialog');
      const label = (text: string) => words.inLanguage[language](text);
      const bar = page.getByRole('form', { name: t.policy.save.bar });
      await visit(page, `/teams/${member.teamId}/policy?section=own`);

      await page.getByRole('button', { name: words.add, exact: true }).click();
      await dialog.getByLabel(words.name).fill('no-evaluate');
      await dialog.getByLabel(words.pattern).fill('(?=evaluate)');
      await dialog.getByRole('button', { name: words.test, exact: true }).click();
      await expect(dialog.getByText(words.problems.lookaround(), { exact: false })).toBeVisible();
      await expect(dialog.getByLabel(words.pattern)).toHaveValue('(?=evaluate)');

      await dialog.getByLabel(words.pattern).fill('function evaluate');
      await dialog.getByRole('button', { name: words.test, exact: true }).click();
      await expect(dialog.getByText('src/payment.ts:10')).toBeVisible();
      for (const [text, value] of [
        [words.texts.title, 'Nothing is evaluated'],
        [words.texts.why, 'What is evaluated may be anything.'],
        [words.texts.fix, 'Call a function by its name.'],
      ] as const) {
        await dialog.getByLabel(label(text)).fill(value);
      }
      expect(await violationsOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: words.apply, exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await expect(page.getByText('Nothing is evaluated').first()).toBeVisible();
      await bar.getByRole('textbox', { name: t.policy.save.reason }).fill('we were burnt');
      await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
      await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();

      await auditEnd(await runAudit(api, project.projectId));
      const { items } = await api.get<FindingPage>(`/projects/${project.projectId}/findings?limit=100`);
      expect(items.filter(({ ruleId }) => ruleId.endsWith('no-evaluate'))).toMatchObject([
        { path: 'src/payment.ts', startLine: 10 },
      ]);
      await visit(page, `/projects/${project.projectId}/findings`);
      await expect(page.getByRole('heading', { name: 'Nothing is evaluated' })).toBeVisible();
    });
  });
}
