import type { Messages } from '@/lib/i18n/messages';
import { precisionOf } from '@/lib/magics/precision';
import { magics } from '@/lib/magics/registry';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { expectReadable } from '../support/reading';

/** A rule with options, of which many findings were read. */
const MANY = 'git/no-huge-commit';

/** That one, and one rule each of which few or no findings were read, as long as there are such. */
function readRules(): string[] {
  const ids = magics.flatMap(({ rules }) => rules.map(({ id }) => id as string));
  const labelled = (id: string) => precisionOf(id)?.labelled ?? 0;
  const few = ids.find((id) => labelled(id) > 0 && precisionOf(id)?.share === null);
  const none = ids.find((id) => labelled(id) === 0);
  return [MANY, few, none].filter((id) => id !== undefined);
}

/** What the page of a rule says of its findings, and what it must not say. */
function precisionWords(ruleId: string, { none, tooFew, mended }: Messages['rules']['precision']) {
  const precision = precisionOf(ruleId);
  if (!precision?.labelled) return { said: [none], unsaid: '%' };
  const { share, noLongerReported } = precision;
  const read = noLongerReported > 0 ? [mended(noLongerReported, String(noLongerReported))] : [];
  if (share === null) return { said: [tooFew, ...read], unsaid: '%' };
  return { said: [new RegExp(`${Math.round(share * 100)}\\s?%`), ...read], unsaid: tooFew };
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
      await expect(rules.filter({ hasText: MANY })).toContainText(String(precisionOf(MANY)?.labelled ?? ''));
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
      const precision = page.getByRole('region', { name: t.rules.precision.title });
      for (const ruleId of readRules()) {
        const { said, unsaid } = precisionWords(ruleId, t.rules.precision);
        await visit(page, `/rules/${ruleId}`);
        for (const words of said) await expect(precision).toContainText(words);
        await expect(precision).not.toContainText(unsaid);
      }

      await page.goto(`/rules/${MANY}`);
      await expect(page.getByRole('region', { name: t.rules.options.title })).toContainText('maxLines');
      await page.goto('/rules/integrity/no-unfinished-code');
      await expect(page.locator('pre .comment').first()).toBeVisible();
      await expectReadable(page);
      await page.locator('summary').first().press('Enter');
      await expect(page.locator('details[open] pre').first()).toBeVisible();
    });
  });
}
