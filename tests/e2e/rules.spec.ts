import { precisionOf } from '@/lib/magics/precision';
import { magics } from '@/lib/magics/registry';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { expectReadable } from '../support/reading';

/** A rule of which many findings were read. */
const MANY = 'git/no-huge-commit';

const readings = magics.flatMap(({ rules }) =>
  rules.flatMap(({ id }) => {
    const precision = precisionOf(id);
    return precision ? [{ ruleId: id, ...precision }] : [];
  }),
);

const labelledOf = (ruleId: string) => precisionOf(ruleId)?.labelled ?? fail();

function fail(): never {
  throw new Error('no rule has such labels');
}

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the catalogue is narrowed by text, evidence and language, and the address keeps it', async ({
      page,
      member: _,
      t,
    }) => {
      await visit(page, '/rules');
      const rules = page.locator('a[href^="/rules/"]:visible');
      await expect(rules).not.toHaveCount(0);
      const all = await rules.count();
      const choose = async (menu: string, choice: string) => {
        await page.getByRole('button', { name: menu, exact: true }).press('Enter');
        await page.getByRole('menuitemradio', { name: choice, exact: true }).press('Enter');
      };

      await choose(t.rules.byEvidence, t.rules.evidence.history);
      await expect.poll(() => rules.count()).toBeLessThan(all);
      await choose(t.rules.byMagic, t.common.magics.git);
      await expect(rules.filter({ hasText: MANY })).toContainText(String(labelledOf(MANY)));
      await expect(page).toHaveURL(/magic=git&evidence=history/);

      await page.reload();
      await expect(rules.filter({ hasText: 'strict/' })).toHaveCount(0);
      await page.getByRole('button', { name: t.rules.clear }).click();
      await expect(rules).toHaveCount(all);
      await choose(t.rules.byLanguage, 'PHP');
      await page.getByRole('searchbox', { name: t.rules.filter }).fill('cwe-502');
      await expect(rules).toHaveCount(1);
      await expectReadable(page);
      await rules.press('Enter');
      await expect(page).toHaveURL(/\/rules\/strict\/no-unsafe-deserialisation/);
    });

    test('a rule shows coloured examples, its options, and a percentage only from ten labels on', async ({
      page,
      member: _,
      t,
    }) => {
      const { share, noLongerReported } = readings.find(({ ruleId }) => ruleId === MANY) ?? fail();
      const few = readings.find((one) => one.labelled > 0 && one.share === null) ?? fail();
      const none = magics.flatMap(({ rules }) => rules).find(({ id }) => precisionOf(id) === null) ?? fail();

      await visit(page, `/rules/${MANY}`);
      const precision = page.getByRole('region', { name: t.rules.precision.title });
      await expect(precision).toContainText(new RegExp(`${Math.round((share ?? 0) * 100)}\\s?%`));
      await expect(precision).toContainText(t.rules.precision.mended(noLongerReported, String(noLongerReported)));
      await expect(page.getByRole('region', { name: t.rules.options.title })).toContainText('maxLines');

      await page.goto(`/rules/${few.ruleId}`);
      await expect(precision).toContainText(t.rules.precision.tooFew);
      await expect(precision).not.toContainText('%');
      await page.goto('/rules/integrity/no-unfinished-code');
      await expect(page.locator('pre .comment').first()).toBeVisible();

      await page.goto(`/rules/${none.id}`);
      await expect(precision).toContainText(t.rules.precision.none);
      await expectReadable(page);
      await page.locator('summary').first().press('Enter');
      await expect(page.locator('details[open] pre').first()).toBeVisible();
    });
  });
}
