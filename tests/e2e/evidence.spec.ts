import { readFile } from 'node:fs/promises';
import { checkEvidence } from '@/lib/evidence/check-evidence';
import { readPublicKeys } from '@/lib/evidence/keys';
import { EXPORT_FORMATS } from '@/lib/schemas/export-formats';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { expectReadable } from '../support/reading';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('an audit is taken away in every format, and its evidence verifies without the server', async ({
      page,
      api,
      t,
    }) => {
      await using project = await auditedProject(api);
      await visit(page, `/audits/${project.auditId}`);
      const download = async (name: string | RegExp, role: 'link' | 'menuitem' = 'link') => {
        const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole(role, { name }).click()]);
        return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
      };

      await expect(page.getByText(t.exports.evidence.signed('1'))).toBeVisible();
      await expectReadable(page);
      const evidence = await download(t.exports.evidence.download);
      const keys = await download(t.exports.evidence.keys);
      const chain = await download(t.exports.evidence.chain);
      const check = checkEvidence(evidence.text.trimEnd(), readPublicKeys(keys.text));
      expect(check).toMatchObject({ problem: null, statement: { subject: [{ digest: { gitCommit: project.head } }] } });
      expect(chain.text).toBe(evidence.text);

      const menu = page.getByRole('button', { name: t.exports.menuOf(1) });
      await menu.press('Enter');
      await expect(page.getByRole('menuitem')).toHaveCount(EXPORT_FORMATS.length);
      const report = await download(new RegExp(`^${t.exports.formats.html.name}`), 'menuitem');
      expect(report.name).toMatch(/-audit-1\.html$/);
      expect(report.text).toContain(`<html lang="${language}">`);
      await menu.press('Enter');
      expect((await download(new RegExp(`^${t.exports.formats.pdf.name}`), 'menuitem')).text).toMatch(/^%PDF-/);
    });

    test('findings are taken away as they are narrowed', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await visit(page, `/projects/${project.projectId}/findings?path=payment`);
      await page.getByRole('button', { name: t.exports.menuOf(1) }).press('Enter');
      const csv = page.getByRole('menuitem', { name: new RegExp(`^${t.exports.formats.csv.name}`) });
      await expect(page.getByText(t.exports.asAudited(1))).toBeVisible();

      const [file] = await Promise.all([page.waitForEvent('download'), csv.press('Enter')]);

      const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n').slice(1);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.includes('src/payment.ts'))).toEqual([]);
    });
  });
}
