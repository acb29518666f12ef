import { violationsOf } from '../support/a11y';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

interface Told {
  path: string;
  line: number;
}

function sarif(told: readonly Told[]): string {
  const results = told.map(({ path, line }) => ({
    ruleId: 'no-eval',
    level: 'error',
    message: { text: `eval at ${path}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line } } }],
  }));
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Semgrep' } }, results }] });
}

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a report is checked, refused by what is wrong, imported and told of', async ({
      page,
      api,
      t,
      complaints,
    }) => {
      await using project = await auditedProject(api);
      complaints.expect(/422/);
      const words = t.imports.upload;
      const { invalid, problems } = words;
      await visit(page, `/projects/${project.projectId}/findings`);
      await page.getByRole('link', { name: t.imports.others }).click();
      await expect(page.getByRole('heading', { level: 1, name: t.imports.title })).toBeVisible();
      const upload = page.getByRole('region', { name: words.title });
      const choose = upload.locator('input[type=file]');
      const commit = upload.getByRole('textbox', { name: words.commit });
      const send = upload.getByRole('button', { name: words.submit });
      const alert = upload.getByRole('alert');
      await expect(commit).toHaveValue(project.head);
      expect(await violationsOf(page)).toEqual([]);

      await test.step('what is missing or wrong is told beside its field', async () => {
        await send.click();
        await expect(alert).toHaveText(invalid.file);
        await choose.setInputFiles(file('empty.sarif', ''));
        await expect(alert).toHaveText(invalid.empty);
        await choose.setInputFiles(file('report.sarif', sarif([])));
        await expect(alert).toHaveCount(0);
        await commit.fill('main');
        await page.keyboard.press('Tab');
        await expect(alert).toHaveText(invalid.commit);
        await commit.fill(project.head);
        await expect(alert).toHaveCount(0);
        expect(await violationsOf(page)).toEqual([]);
      });

      await test.step('what the server refuses is told by what is wrong with the report', async () => {
        for (const [text, problem] of [
          ['<xml/>', problems['not-json']],
          ['{"results":[]}', problems['not-sarif']],
          ['{"version":"2.1.0","runs":[]}', problems['no-runs']],
        ] as const) {
          await choose.setInputFiles(file('report.sarif', text));
          await send.click();
          await expect(alert).toHaveText(problem);
        }
        await choose.setInputFiles(file('report.sarif', sarif([])));
        await commit.fill('f'.repeat(40));
        await send.click();
        await expect(alert).toHaveText(problems['unknown-commit']);
        await commit.fill(project.head);
      });

      await test.step('what was taken and what was not is told, and the findings are there', async () => {
        const twice = { path: 'src/price.ts', line: 1 };
        await choose.setInputFiles(file('report.sarif', sarif([twice, twice, { path: 'src/gone.ts', line: 1 }])));
        await send.focus();
        await page.keyboard.press('Enter');
        const taken = upload.getByRole('status');
        await expect(taken).toContainText(words.taken('Semgrep'));
        await expect(taken).toContainText(t.imports.kept('1', '3'));
        await expect(taken).toContainText(t.imports.leftOut.duplicate.replace('{count}', '1'));
        await expect(taken).toContainText(t.imports.leftOut['unknown-file'].replace('{count}', '1'));
        expect(await violationsOf(page)).toEqual([]);
        await expect(page.getByRole('list', { name: t.imports.list }).getByRole('listitem')).toHaveCount(1);
        await taken.getByRole('link', { name: words.show }).click();
        await expect(page.getByRole('region', { name: t.findings.list }).getByRole('link')).toHaveText(/eval at/);
        await page.goBack();
        await expect(page.getByRole('list', { name: t.imports.list }).getByRole('listitem')).toHaveCount(1);
      });
    });
  });
}

test('a file can be dropped', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  await visit(page, `/projects/${project.projectId}/imports`);
  const upload = page.getByRole('region', { name: t.imports.upload.title });
  const transfer = await page.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.sarif', { type: 'application/json' }));
      return data;
    },
    sarif([{ path: 'src/price.ts', line: 1 }]),
  );

  await upload.getByText(t.imports.upload.choose).dispatchEvent('drop', { dataTransfer: transfer });

  await expect(upload.getByText('dropped.sarif')).toBeVisible();
  await upload.getByRole('button', { name: t.imports.upload.submit }).click();
  await expect(upload.getByRole('status')).toContainText(t.imports.upload.taken('Semgrep'));
});

test('compact rows are chosen once and kept', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  const list = page.getByRole('region', { name: t.findings.list }).getByRole('link');
  const heightOf = async () => (await list.first().boundingBox())?.height ?? 0;
  await visit(page, `/projects/${project.projectId}/findings`);
  expect(await heightOf()).toBeGreaterThan(50);

  await visit(page, '/account');
  await page.getByRole('button', { name: t.access.account.densities.compact }).click();
  await visit(page, `/projects/${project.projectId}/findings`);

  await expect(list.first()).toBeVisible();
  expect(await heightOf()).toBeLessThan(40);
  await page.reload();
  expect(await heightOf()).toBeLessThan(40);
});
