import { forecastLoad } from '@/lib/scaling/forecast/forecast';
import { violationsOf } from '../support/a11y';
import { signIn } from '../support/accounts';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { PRODUCT } from '../support/product';
import { productDb } from '../support/product-data';

const WIDTHS = [390, 900, 1440] as const;
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

/** Nine days of a kind by the quarter, its last half day by the minute, and the forecast that follows. */
async function measureWeeks(kind: string): Promise<void> {
  const end = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS;
  const arrivalsAt = (at: number, minutes: number) =>
    minutes * (new Date(at).getUTCHours() < 8 ? 2 : 6) + (Math.floor(at / QUARTER_MS) % 5);
  const rowsOf = (count: number, stepMinutes: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = end - (count - index) * stepMinutes * MINUTE_MS;
      const arrivals = arrivalsAt(at, stepMinutes);
      const rest = { waiting: 1, running: 4, meanSeconds: 60, oldestWaitSeconds: 5, waitingSeconds: 30, workers: 2 };
      return { kind, stepMinutes, at: new Date(at), arrivals, finished: arrivals, ...rest };
    });
  const quarters = rowsOf(9 * 96, 15);
  await productDb().queueSample.deleteMany({ where: { kind } });
  await productDb().queueSample.createMany({ data: [...quarters, ...rowsOf(12 * 60, 1)], skipDuplicates: true });
  const series = {
    startMs: end - quarters.length * QUARTER_MS,
    stepSeconds: 900,
    values: quarters.map(({ arrivals }) => (arrivals * 60) / 900),
  };
  const calendar = { timeZone: 'Asia/Tokyo', holidays: 'japan' as const };
  const forecast = forecastLoad(series, { calendar, events: [], horizon: 96 });
  await productDb().loadForecast.deleteMany({ where: { kind } });
  await productDb().loadForecast.create({ data: { kind, madeAt: new Date(end), forecast: forecast as object } });
}

for (const [language, kind] of [
  ['en', 'judge'],
  ['ja', 'collect'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the owner compares strategies with what was measured, and chooses one', async ({
      context,
      page,
      t,
      complaints,
    }) => {
      const words = t.scaling;
      const kindName = t.operations.kinds[kind];
      const owner = await productDb().user.findFirstOrThrow({ where: { email: PRODUCT.owner.email } });
      await signIn(context, { userId: owner.id });
      await productDb().scalingSettings.deleteMany({ where: { kind } });
      await measureWeeks(kind);

      await openPage(page, '/operations');
      await page.getByRole('navigation', { name: words.tabs.label }).getByRole('link', { name: words.title }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
      const row = page.getByRole('row').filter({ hasText: kindName });
      await expect(row).toContainText(words.strategy.reactive);
      await row.getByRole('link', { name: kindName, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.kindTitle(kindName) })).toBeVisible();

      // What each strategy would have done, as numbers, as a chart and as its table.
      const sums = page.getByRole('table', { name: words.replay.title });
      for (const name of Object.values(words.strategy)) await expect(sums).toContainText(name);
      await expect(sums).toContainText('USD');
      await expect(page.getByRole('img', { name: words.replay.replicasChart })).toBeVisible();
      await page.getByRole('button', { name: words.tableOf(words.replay.replicasChart) }).click();
      const hours = page.getByRole('group', { name: words.replay.replicasChart }).getByRole('table');
      await expect(hours.getByRole('columnheader').first()).toHaveText(words.replay.hour);
      await expect(hours.getByRole('row').nth(2)).toContainText(/\d/);
      await page.getByRole('button', { name: words.chartOf(words.replay.replicasChart) }).click();
      await expect(
        page.getByText(words.forecast.model['seasonal-naive'] ?? '', { exact: false }).first(),
      ).toBeVisible();
      await expect(page.getByRole('img', { name: words.forecast.load })).toBeVisible();

      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `overflow at ${width}`).toBeLessThanOrEqual(0);
      }

      // Bounds that contradict each other are told at their field and not sent.
      const { form } = words;
      const amount = (name: string) => page.getByRole('spinbutton', { name, exact: true });
      await page.getByLabel(form.strategy, { exact: true }).selectOption('manual');
      await amount(form.minReplicas).fill('12');
      await expect(page.getByText(form.boundsWrong('12'))).toBeVisible();
      await page.getByRole('button', { name: form.save }).click();
      await expect(amount(form.maxReplicas)).toBeFocused();
      await amount(form.maxReplicas).fill('14');
      await amount(form.fixedReplicas).fill('13');

      // Leaving asks first.
      await page
        .getByRole('navigation', { name: words.tabs.label })
        .getByRole('link', { name: words.tabs.overview })
        .click();
      const leave = page.getByRole('dialog');
      await expect(leave).toContainText(t.common.leave.title);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: form.save }).click();
      await expect(page.getByText(form.saved(kindName))).toBeVisible();
      await page.reload();
      await expect(amount(form.fixedReplicas)).toHaveValue('13');

      // Somebody else saves meanwhile: nothing is written over.
      complaints.expect(/status of 409/);
      await amount(form.fixedReplicas).fill('14');
      await productDb().scalingSettings.update({ where: { kind }, data: { version: { increment: 1 } } });
      await page.getByRole('button', { name: form.save }).click();
      await expect(page.getByText(form.conflict)).toBeVisible();
      await page.getByRole('button', { name: form.readAgain }).click();
      await expect(amount(form.fixedReplicas)).toHaveValue('13');
    });
  });
}

test('nobody else finds the pages', async ({ page, member, t, complaints }) => {
  complaints.expect(/status of 404 .*\/operations/);
  expect(member.teamId).not.toBe('');

  for (const [address, title] of [
    ['/operations/scaling', t.scaling.title],
    ['/operations/scaling/judge', t.scaling.kindTitle(t.operations.kinds.judge)],
    ['/operations/cluster', t.cluster.title],
  ] as const) {
    await openPage(page, address);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title);
  }
});
