import type { Page } from '@playwright/test';
import type { Messages } from '@/lib/i18n/messages';
import type { ConfigurationView, ProjectConfigurationView } from '@/lib/schemas/configuration';
import { violationsOf } from '../support/a11y';
import { type Account, createAccount } from '../support/accounts';
import type { ElderApi } from '../support/elder-api';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { productDb } from '../support/product-data';
import { visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

const RULE = 'strict/no-dynamic-execution';
const REASON = 'raise the bar before the release';

const addressOf = ({ teamId }: Account) => `/teams/${teamId}/configuration`;

/** Saves another version, as somebody else would while this one is edited. */
async function saveAside(api: ElderApi, member: Account, part: Partial<ConfigurationView['configuration']>) {
  const { version, configuration } = await api.get<ConfigurationView>(addressOf(member));
  await api.put(addressOf(member), {
    version,
    configuration: { ...configuration, ...part },
    reason: 'saved aside',
  });
}

function editor(page: Page, t: Messages) {
  const bar = page.getByRole('form', { name: t.policy.save.bar });
  return {
    bar,
    strictness: page.getByRole('spinbutton', { name: t.policy.strictness.number }),
    reason: bar.getByRole('textbox', { name: t.policy.save.reason }),
    preview: page.getByRole('complementary', { name: t.policy.preview.title }),
    section: (name: string) =>
      page
        .getByRole('navigation', { name: t.policy.sections.label })
        .getByRole('link', { name: new RegExp(`^${name}`) }),
  };
}

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('strictness and a rule are changed, previewed, reviewed and saved; the old version is restored', async ({
      page,
      api,
      member,
      t,
    }) => {
      await using project = await auditedProject(api);
      expect(project.projectId).toBeTruthy();
      const { rules, availableOptions } = {
        rules: t.policy.rules,
        ...(await api.get<ConfigurationView>(addressOf(member))),
      };
      const title = availableOptions.rules.find(({ ruleId }) => ruleId === RULE)?.title[language] ?? '';
      const { bar, strictness, reason, preview, section } = editor(page, t);
      const dialog = page.getByRole('dialog');
      await visit(page, `/teams/${member.teamId}/policy`);

      await test.step('an edit is counted, marked and previewed', async () => {
        await strictness.fill('0.95');
        await expect(page.getByText(t.policy.was('0.8'))).toBeVisible();
        await expect(bar.getByText(t.policy.save.unsaved('1'))).toBeVisible();
        await expect(preview.locator('[data-preview="new"]')).toBeVisible();
        await expect(preview.getByRole('list', { name: t.policy.preview.projects }).getByRole('listitem')).toHaveCount(
          1,
        );
        expect(await violationsOf(page)).toEqual([]);
        const pills = page.getByRole('group', { name: t.policy.strictness.presets });
        await pills.getByRole('button', { name: t.policy.presets.startup }).click();
        await expect(strictness).toHaveValue('0.7');
        await expect(bar.getByText(t.policy.save.unsaved('1'))).toBeVisible();
        await strictness.fill('0.95');
      });

      await test.step('a rule is found, made graver, and back, and off', async () => {
        await section(t.policy.sections.rules).click();
        await page.getByRole('searchbox', { name: rules.filter }).fill(RULE);
        const severity = page.getByRole('combobox', { name: rules.severityOf(title) });
        await severity.selectOption('critical');
        await expect(bar.getByText(t.policy.save.unsaved('2'))).toBeVisible();
        await page.getByRole('button', { name: rules.resetOf(title) }).click();
        await expect(bar.getByText(t.policy.save.unsaved('1'))).toBeVisible();
        await page.getByRole('switch', { name: rules.isOn(title) }).click();
        await expect(section(t.policy.sections.rules)).toContainText('1');
        await expect(preview.locator('[data-preview="new"]')).toBeVisible();
        expect(await violationsOf(page)).toEqual([]);
      });

      await test.step('the review lists both changes', async () => {
        await bar.getByRole('button', { name: t.policy.save.review }).click();
        await expect(dialog.getByRole('listitem')).toHaveCount(2);
        await expect(dialog.getByRole('listitem').filter({ hasText: title })).toContainText(t.policy.values.off);
        expect(await violationsOf(page)).toEqual([]);
        await dialog.getByRole('button', { name: t.common.close }).click();
      });

      await test.step('it is saved with a reason, by the key', async () => {
        await page.keyboard.press('Control+s');
        await expect(bar.getByRole('alert')).toHaveText(t.policy.save.reasonMissing);
        await expect(reason).toBeFocused();
        await reason.fill(REASON);
        await page.keyboard.press('Control+s');
        await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();
        await expect(bar).toHaveCount(0);
        const saved = await api.get<ConfigurationView>(addressOf(member));
        expect(saved.configuration.strictness).toBe(0.95);
        expect(saved.configuration.rules).toEqual({ [RULE]: { isEnabled: false } });
      });

      await test.step('the history tells it, and brings the version before back', async () => {
        await saveAside(api, member, { strictness: 0.5 });
        await openPage(page, `/teams/${member.teamId}/policy/history`);
        const versions = page.getByRole('list', { name: t.policy.history.page });
        const first = versions.getByRole('listitem').filter({ hasText: REASON });
        await expect(first).toContainText(member.name);
        await first.getByRole('button', { name: t.policy.history.showChanges('1') }).click();
        await expect(page.getByRole('list', { name: t.policy.history.list('1') })).toContainText(title);
        expect(await violationsOf(page)).toEqual([]);
        await first.getByRole('button', { name: t.policy.history.restoreOf('1') }).click();
        await expect(dialog.getByRole('list', { name: t.policy.history.restoreList('1') })).toBeVisible();
        await dialog.getByRole('button', { name: t.policy.history.restore }).click();
        await expect(dialog.getByRole('alert')).toHaveText(t.policy.save.reasonMissing);
        await dialog.getByLabel(t.policy.save.reason).fill('it was right');
        await dialog.getByRole('button', { name: t.policy.history.restore }).click();
        await expect(page.getByText(t.policy.history.restored('1', '3'))).toBeVisible();
        await expect(versions.getByText(t.policy.history.restoredFrom('1'))).toBeVisible();
        const { configuration } = await api.get<ConfigurationView>(addressOf(member));
        expect(configuration.strictness).toBe(0.95);
      });
    });

    test('who saves second sees both versions and loses nothing', async ({ page, api, member, t, complaints }) => {
      const { bar, strictness, reason } = editor(page, t);
      const dialog = page.getByRole('dialog');
      complaints.expect(/status of 409/);
      await visit(page, `/teams/${member.teamId}/policy`);
      await strictness.fill('0.9');
      await page.getByRole('button', { name: t.common.magics.tdd, exact: true }).click();
      await saveAside(api, member, { strictness: 0.6, publicBadge: false });

      await reason.fill(REASON);
      await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
      await expect(page.getByText(t.policy.conflict.text(member.name, '1'))).toBeVisible();
      await expect(strictness).toHaveValue('0.9');
      await page.getByRole('button', { name: t.policy.conflict.compare }).click();
      await expect(dialog.getByRole('list', { name: t.policy.conflict.theirList }).getByRole('listitem')).toHaveCount(
        2,
      );
      const yours = dialog.getByRole('list', { name: t.policy.conflict.yourList }).getByRole('listitem');
      await expect(yours.filter({ hasText: t.policy.conflict.both })).toHaveCount(1);
      expect(await violationsOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: t.policy.conflict.keep('1') }).click();

      await expect(reason).toHaveValue(REASON);
      await bar.getByRole('button', { name: t.policy.save.submit('2') }).click();
      await expect(page.getByText(t.policy.save.saved('2'))).toBeVisible();
      const { configuration } = await api.get<ConfigurationView>(addressOf(member));
      expect(configuration).toMatchObject({ strictness: 0.9, focusAreas: ['tdd'], publicBadge: false });
    });

    test('the sentence of the gate follows its limits, and the gate is saved', async ({ page, api, member, t }) => {
      await using project = await auditedProject(api);
      expect(project.projectId).toBeTruthy();
      const { bar, reason, preview } = editor(page, t);
      const { sentence, conditions } = t.gate;
      const name = conditions.newFindings(t.common.severity.high);
      await visit(page, `/teams/${member.teamId}/gate`);
      await expect(page.getByText(sentence.newFindings(t.common.severity.high, '3'))).toBeVisible();
      await expect(preview.getByText(t.policy.preview.idle)).toBeVisible();

      await page.getByRole('spinbutton', { name: t.gate.limitOf(t.gate.failAbove, name) }).fill('0');
      await expect(page.getByText(sentence.newFindings(t.common.severity.high, '0'))).toBeVisible();
      await expect(preview.locator('[data-preview="new"]')).toBeVisible();
      const above = page.getByRole('spinbutton', { name: t.gate.limitOf(t.gate.warnAbove, name) });
      await above.fill('-3');
      await reason.fill(REASON);
      await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
      await expect(above).toBeFocused();
      await expect(above).toHaveValue('-3');
      const refused = page.getByText(t.common.numberRefused('0', '1,000,000', 0));
      await expect(refused).toBeVisible();
      await above.fill('');
      await expect(refused).toHaveCount(0);
      const total = page.getByRole('region', { name: t.gate.groups.total.title });
      await total.getByRole('button', { name: t.gate.add }).click();
      await page.getByRole('menuitem', { name: conditions.magic(t.common.magics.tdd) }).click();
      const under = t.gate.limitOf(t.gate.failUnder, conditions.magic(t.common.magics.tdd));
      await page.getByRole('spinbutton', { name: under }).fill('100');
      await expect(page.getByText(sentence.magic(t.common.magics.tdd, '100'))).toBeVisible();
      await expect(total.getByText(t.gate.touched.failing('1'))).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);

      await reason.fill(REASON);
      await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
      await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();
      const { configuration } = await api.get<ConfigurationView>(addressOf(member));
      expect(configuration.gate.newFindings.high).toEqual({ warn: null, fail: 0 });
      expect(configuration.gate.magics).toEqual({ tdd: { warn: null, fail: 100 } });
    });

    test('a viewer reads the policy and the gate and changes nothing', async ({ member: owner, t, openBrowser }) => {
      const viewer = await createAccount();
      await productDb().membership.create({ data: { teamId: owner.teamId, userId: viewer.userId, role: 'viewer' } });
      const { page } = await openBrowser(viewer);
      for (const address of ['policy', 'gate', 'policy/history']) {
        await openPage(page, `/teams/${owner.teamId}/${address}`);
        await expect(page.getByText(t.policy.viewer(owner.teamName))).toBeVisible();
        await expect(page.getByRole('complementary')).toHaveCount(0);
      }
      await openPage(page, `/teams/${owner.teamId}/policy`);
      await expect(page.getByRole('slider')).toBeDisabled();
      await expect(page.getByRole('button', { name: t.policy.startFrom })).toHaveCount(0);
      expect(await violationsOf(page)).toEqual([]);
    });
  });
}

test('who leaves with something unsaved is asked, by link, key and back button', async ({ page, member, t }) => {
  const { strictness } = editor(page, t);
  const dialog = page.getByRole('dialog', { name: t.common.leave.title });
  const policy = `/teams/${member.teamId}/policy`;
  await visit(page, '/rules');
  await page.getByRole('navigation', { name: t.shell.main }).getByRole('link', { name: t.shell.nav.policy }).click();
  await strictness.fill('0.9');

  await page.getByRole('link', { name: t.shell.nav.inbox }).click();
  await expect(dialog).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: t.common.leave.stay }).click();
  await expect(page).toHaveURL(new RegExp(`${policy}$`));
  await expect(strictness).toHaveValue('0.9');

  await page.goBack();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: t.common.leave.stay }).click();
  await expect(page).toHaveURL(new RegExp(`${policy}$`));
  await expect(strictness).toHaveValue('0.9');

  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: t.common.leave.leave }).click();
  await expect(page).toHaveURL(/\/audits$/);
});

test('what the server refuses is marked at its field, and nothing is lost', async ({ page, member, t, complaints }) => {
  const { bar, reason, section } = editor(page, t);
  complaints.expect(/status of 400/);
  await visit(page, `/teams/${member.teamId}/policy?section=paths`);
  await page.getByRole('textbox', { name: t.policy.paths.globs }).fill('docs/**\n[');
  await section(t.policy.sections.badge).click();
  await reason.fill(REASON);
  await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();

  await expect(bar.getByText(t.policy.invalid.summary('1'))).toBeVisible();
  await bar.getByRole('button', { name: t.policy.sections.paths }).click();
  await expect(page.getByText(t.policy.invalid.globLine('2'))).toBeVisible();
  await expect(page.getByRole('textbox', { name: t.policy.paths.globs })).toBeFocused();
  await page.getByRole('textbox', { name: t.policy.paths.globs }).fill('docs/**');
  await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
  await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();
});

test('a project sets for itself what its team allows, and goes back to the team', async ({ page, api, member, t }) => {
  await using project = await auditedProject(api);
  const address = `/projects/${project.projectId}/configuration`;
  const { bar, strictness, reason } = editor(page, t);
  await visit(page, address);
  await expect(page.getByText(t.policy.project.none(member.teamName))).toBeVisible();
  await saveAside(api, member, { overrides: ['strictness', 'gate'] });

  await visit(page, address);
  await strictness.fill('0.7');
  await expect(page.getByRole('list', { name: t.policy.project.own })).toContainText('0.7');
  await expect(page.getByRole('button', { name: t.common.magics.tdd, exact: true })).toBeDisabled();
  await reason.fill(REASON);
  await bar.getByRole('button', { name: t.policy.save.submit('1') }).click();
  await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();
  const saved = await api.get<ProjectConfigurationView>(address);
  expect(saved.override).toEqual({ strictness: 0.7 });

  await page.getByRole('button', { name: t.policy.project.back(t.policy.parts.strictness) }).click();
  await expect(page.getByText(t.policy.project.asTeam)).toBeVisible();
  await reason.fill('as everybody');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(t.policy.save.saved('2'))).toBeVisible();
  expect((await api.get<ProjectConfigurationView>(address)).override).toEqual({});

  await test.step('the settings of before are restored, as a version of their own', async () => {
    const { history } = t.policy;
    await page.getByRole('link', { name: history.title }).click();
    await expect(page.getByRole('heading', { level: 1, name: t.policy.project.history })).toBeVisible();
    await page.getByRole('button', { name: history.showChanges('1') }).click();
    await expect(page.getByRole('list', { name: history.list('1') })).toContainText('0.7');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: history.restoreOf('1') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t.policy.save.reason }).fill('laxer again');
    await dialog.getByRole('button', { name: history.restore }).click();
    await expect(page.getByText(history.restored('1', '3'))).toBeVisible();
    await expect(page.getByText(history.restoredFrom('1'))).toBeVisible();
    const restored = await api.get<ProjectConfigurationView>(address);
    expect(restored).toMatchObject({ version: 3, override: { strictness: 0.7 } });
    await page.reload();
    await expect(page.getByRole('list', { name: history.list('1') })).toContainText('0.7');
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(strictness).toHaveValue('0.7');
  });
});

test('the parts of a project’s settings are reached by links, which can be sent', async ({ page, api, member, t }) => {
  await using project = await auditedProject(api);
  await saveAside(api, member, { overrides: ['strictness', 'gate', 'schedule'] });
  await visit(page, `/projects/${project.projectId}/configuration`);
  const nav = page.getByRole('navigation', { name: t.policy.project.parts });
  await expect(nav.getByRole('link')).toHaveCount(4);

  await nav.getByRole('link', { name: t.policy.sections.schedule }).click();

  await expect(page).toHaveURL(/#part-schedule$/);
  await expect(page.getByRole('heading', { name: t.policy.schedule.title })).toBeInViewport();
  await expect(nav.getByRole('link', { name: t.policy.sections.schedule })).toHaveAttribute('aria-current', 'true');
  await expect(nav).toBeInViewport();
  expect(await violationsOf(page)).toEqual([]);
});

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('after the first audit a policy is recommended, looked at and taken over with a reason', async ({
      page,
      api,
      member,
      t,
    }) => {
      await using project = await auditedProject(api);
      const words = t.policy.recommended;
      const { bar, reason, preview } = editor(page, t);
      await visit(page, `/projects/${project.projectId}`);

      await page.getByRole('link', { name: words.see }).click();

      await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
      await expect(page.getByRole('list', { name: words.reasons }).getByText(t.policy.presets.startup)).toBeVisible();
      await expect(page.getByRole('list', { name: words.differences })).toContainText('0.7');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: words.apply }).focus();
      await page.keyboard.press('Enter');
      await expect(preview.locator('[data-preview="new"]')).toBeVisible();
      await reason.fill(REASON);
      await page.keyboard.press('Enter');
      await expect(page.getByText(t.policy.save.saved('1'))).toBeVisible();
      await expect(bar).toHaveCount(0);
      const same = page.getByRole('region', { name: words.differences }).getByText(words.same);
      await expect(same).toBeVisible();
      const { configuration, preset } = await api.get<ConfigurationView>(addressOf(member));
      expect([preset, configuration.strictness]).toEqual(['startup', 0.7]);

      await page.reload();
      await expect(same).toBeVisible();
      await visit(page, `/teams/${member.teamId}/policy`);
      await page.getByRole('link', { name: words.button }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
    });
  });
}
