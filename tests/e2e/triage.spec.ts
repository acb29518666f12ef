import { db } from '@/lib/db/client';
import type { FindingPage } from '@/lib/schemas/findings';
import { violationsOf } from '../support/a11y';
import { auditEnd } from '../support/audits';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject, runAudit } from '../support/repositories';

const RULE = 'strict/no-dynamic-execution';
const REASON = 'behind the firewall until the move';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a finding is judged, taken back, discussed and assigned, and the next audit follows', async ({
      page,
      api,
      member,
      t,
    }) => {
      await using project = await auditedProject(api);
      const address = `/projects/${project.projectId}/findings`;
      const { items, total } = await api.get<FindingPage>(address);
      const finding = items.find(({ ruleId }) => ruleId === RULE);
      const message = finding?.message[language] ?? '';
      const list = page.getByRole('region', { name: t.findings.list });
      const row = list.getByRole('link', { name: message });
      const bar = page.getByRole('toolbar', { name: t.triage.bar });
      const dialog = page.getByRole('dialog');
      const { dialog: words, actions } = t.triage;
      await visit(page, `${address}?finding=${finding?.findingId}`);
      await expect(page.getByRole('article', { name: message })).toBeVisible();

      await test.step('a verdict takes a reason, and the finding leaves the list', async () => {
        await row.focus();
        await page.keyboard.press('r');
        await expect(dialog.getByLabel(words.reason)).toBeFocused();
        expect(await violationsOf(page)).toEqual([]);
        await dialog.getByRole('button', { name: words.submit.accepted }).click();
        await expect(dialog.getByRole('alert')).toHaveText(words.reasonMissing);
        await dialog.getByLabel(words.until).fill('2020-01-01');
        await dialog.getByLabel(words.reason).fill(REASON);
        await dialog.getByRole('button', { name: words.submit.accepted }).click();
        await expect(dialog.getByRole('alert')).toHaveText(words.untilPast);
        await dialog.getByLabel(words.until).fill('');
        await dialog.getByLabel(words.reason).press('Control+Enter');
        await expect(page.getByText(t.triage.done.accepted('1'))).toBeVisible();
        await expect(row).toHaveCount(0);
        await expect(page.getByText(t.findings.count(String(total - 1)))).toBeVisible();
      });

      await test.step('it comes back by the key for Undo', async () => {
        await page.keyboard.press('z');
        await expect(page.getByText(t.triage.done.undone('1'))).toBeVisible();
        await expect(row).toHaveCount(1);
      });

      await test.step('it is assigned and written about', async () => {
        await row.click();
        await page.keyboard.press('a');
        await page.getByRole('menuitemradio', { name: t.triage.assign.me(member.name) }).click();
        await expect(page.getByText(t.triage.done.assigned('1', member.name))).toBeVisible();
        await page.keyboard.press('c');
        // Nobody waits for the field: `a`, `f`, `r` and `w` would do something if they were not written into it.
        await page.keyboard.type('See #12, a few are worse.');
        const field = page.getByRole('textbox', { name: t.triage.comments.write, exact: true });
        await expect(field).toHaveValue('See #12, a few are worse.');
        await page.getByRole('tabpanel').getByRole('button', { name: t.triage.comments.submit, exact: true }).click();
        await expect(page.getByRole('listitem').filter({ hasText: 'See #12, a few are worse.' })).toBeVisible();
        expect(await violationsOf(page)).toEqual([]);
      });

      await test.step('the inbox has it, and judges it', async () => {
        await openPage(page, '/inbox');
        await expect(page.getByRole('tab', { name: new RegExp(`^${t.triage.views.mine}`) })).toContainText('1');
        await list.getByRole('link', { name: message }).click();
        await bar.getByRole('button', { name: actions.false_positive }).click();
        await dialog.getByLabel(words.reason).fill(REASON);
        await dialog.getByRole('button', { name: words.submit.false_positive }).click();
        await expect(page.getByText(t.triage.empty.mine)).toBeVisible();
      });

      await test.step('the next audit leaves it out of its counts, and the score goes up', async () => {
        const ended = await auditEnd(await runAudit(api, project.projectId));
        const first = await db().audit.findUniqueOrThrow({ where: { id: project.auditId } });
        const countOf = (counts: unknown) => Object.values(counts as Record<string, number>).reduce((a, b) => a + b, 0);
        expect(countOf(ended.counts)).toBe(countOf(first.counts) - 1);
        expect(ended.healthScore).toBeGreaterThan(first.healthScore ?? 100);
        expect(ended.resultHash).not.toBe(first.resultHash);
        const { items: judged } = await api.get<FindingPage>(`${address}?state=false_positive`);
        expect(judged.map(({ findingId }) => findingId)).toEqual([finding?.findingId]);
      });

      await test.step('its history tells all of it', async () => {
        await openPage(page, `${address}?state=all&finding=${finding?.findingId}&tab=history`);
        await expect(page.getByText(t.triage.history.verdict.false_positive)).toBeVisible();
        await expect(page.getByText(t.triage.history.assigned(member.name))).toBeVisible();
        await expect(page.getByText(t.triage.history.found(1))).toBeVisible();
        await bar.getByRole('button', { name: actions.takeBack }).click();
        await expect(page.getByText(t.triage.history.takenBack).last()).toBeVisible();
      });
    });
  });
}

test('findings are chosen by keys and judged together, and a baseline takes the rest', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  const address = `/projects/${project.projectId}/findings`;
  const { items, total } = await api.get<FindingPage>(address);
  const list = page.getByRole('region', { name: t.findings.list });
  const rows = list.getByRole('link');
  const dialog = page.getByRole('dialog');
  await visit(page, address);
  await expect(rows).toHaveCount(total);

  // Keys begin at the row whose detail is shown.
  await expect(rows.first()).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  const bulk = page.getByRole('toolbar', { name: t.triage.bulk.label });
  await expect(bulk.getByText(t.triage.bulk.selected('3'))).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await bulk.getByRole('button', { name: t.triage.actions.false_positive }).click();
  await expect(dialog.getByRole('heading')).toHaveText(t.triage.dialog.titles.false_positive(3));
  await dialog.getByLabel(t.triage.dialog.reason).fill('generated code');
  await dialog.getByRole('button', { name: t.triage.dialog.submit.false_positive }).click();
  await expect(rows).toHaveCount(total - 3);
  await page.getByRole('button', { name: t.triage.undo }).click();
  await expect(rows).toHaveCount(total);

  await page.getByRole('button', { name: t.triage.baseline.action }).click();
  await dialog.getByLabel(t.triage.dialog.reason).fill('adopted as it was');
  await dialog.getByRole('button', { name: t.triage.baseline.submit }).click();
  await expect(page.getByText(t.triage.baseline.done(String(items.length)))).toBeVisible();
  await expect(page.getByText(t.findings.empty.open)).toBeVisible();
});
