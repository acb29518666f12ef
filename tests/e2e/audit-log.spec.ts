import type { AuditLogPage } from '@/lib/schemas/audit-log';
import type { ConfigurationView } from '@/lib/schemas/configuration';
import { violationsOf } from '../support/a11y';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the audit log tells who changed what, is narrowed to one kind, and is checked', async ({
      page,
      api,
      member,
      t,
    }) => {
      await using project = await auditedProject(api);
      expect(project.teamId).toBe(member.teamId);
      const place = `/teams/${member.teamId}/configuration`;
      const { version, configuration } = await api.get<ConfigurationView>(place);
      await api.put(place, { version, configuration: { ...configuration, strictness: 0.9 }, reason: 'stricter' });
      const { items } = await api.get<AuditLogPage>(`/teams/${member.teamId}/audit-log?limit=50`);
      const [newest] = items;
      const word = t.auditLog.actions[newest?.action as keyof typeof t.auditLog.actions];
      const rows = page.getByRole('list', { name: t.auditLog.title }).locator('> li');

      await visit(page, `/teams/${member.teamId}/audit-log`);
      await expect(rows).toHaveCount(items.length);
      await expect(rows.first()).toContainText(word);
      await expect(rows.first()).toContainText('stricter');
      expect(await violationsOf(page)).toEqual([]);

      await page.getByRole('button', { name: t.auditLog.byAction, exact: true }).click();
      await page.getByRole('menuitemradio', { name: word, exact: true }).click();
      await expect(rows).toHaveCount(items.filter(({ action }) => action === newest?.action).length);
      await expect(page).toHaveURL(/[?&]action=/);
      await page.goBack();
      await expect(rows).toHaveCount(items.length);

      await page.getByRole('button', { name: t.auditLog.check, exact: true }).click();
      await expect(page.getByRole('status').getByText(t.auditLog.intact(String(items.length)))).toBeVisible();
    });
  });
}
