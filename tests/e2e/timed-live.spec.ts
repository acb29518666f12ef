import { auditEnd } from '../support/audits';
import { keepCardDiary } from '../support/card-diary';
import { expect, test } from '../support/journey';
import { projectPage, visit } from '../support/project-page';
import { auditedProject, largeApplication, readAudit, runAudit } from '../support/repositories';

test('a judged magic is on screen within moments', async ({ page, api, t }) => {
  await using project = await auditedProject(api, largeApplication(100));
  const readDiary = await keepCardDiary(page, t);
  const view = projectPage(page, t);
  await visit(page, `/projects/${project.projectId}`);
  await expect(view.idle).toBeVisible();

  const judgedAt = new Map<string, number>();
  for (let round = 0; round < 3; round += 1) {
    const auditId = await runAudit(api, project.projectId);
    await auditEnd(auditId);
    for (const { magic, completedAt } of (await readAudit(api, auditId)).magics) {
      judgedAt.set(`${round} ${magic}`, Date.parse(completedAt ?? ''));
    }
    await expect(view.idle).toBeVisible();
  }

  const shownAt = new Map<string, number>();
  const rounds = new Map<string, number>();
  for (const { magic, at, isJudged } of await readDiary()) {
    if (!isJudged) rounds.set(magic, (rounds.get(magic) ?? -1) + 1);
    else if (rounds.has(magic)) shownAt.set(`${rounds.get(magic)} ${magic}`, at);
  }
  const delays = [...judgedAt].map(([key, at]) => (shownAt.get(key) ?? Number.NaN) - at).sort((a, b) => a - b);
  const p95 = delays[Math.ceil(delays.length * 0.95) - 1] ?? Number.NaN;
  console.log(
    `database to screen over ${delays.length} cards: p95 ${p95.toFixed(0)} ms, median ${delays[Math.floor(delays.length / 2)]?.toFixed(0)} ms`,
  );
  expect(delays).toHaveLength(24);
  // The goal is 250 ms at p95 on a machine of its own; a busy one may take longer, but not as long as a page read again.
  expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(1_000);
  expect(p95).toBeLessThan(3_000);
});
