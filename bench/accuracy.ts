import { actionlint } from './accuracy/actionlint';
import { apacheChanges } from './accuracy/apache-changes';
import { bandit } from './accuracy/bandit';
import { commentDebt } from './accuracy/comment-debt';
import { correctiveCommits } from './accuracy/corrective-commits';
import { fakeLeaks } from './accuracy/fake-leaks';
import type { LabelledSet, Measure } from './accuracy/measure';
import { messageDebt } from './accuracy/message-debt';
import { pythonDebt } from './accuracy/python-debt';
import { sonarPython } from './accuracy/sonar-python';

/**
 * `npm run bench:accuracy [-- name]`: the rules against labelled data, see docs/accuracy.md. Sets are looked for under
 * DATASETS_DIR and DATASET_CLONES_DIR. Fails when a bar that counts as reached is missed, and when no set is there.
 */
const SETS: readonly LabelledSet[] = [
  commentDebt,
  pythonDebt,
  messageDebt,
  correctiveCommits,
  fakeLeaks,
  apacheChanges,
  bandit,
  actionlint,
  sonarPython,
];

function show({ name, isHeldOut, items, figures, bars = [] }: Measure): boolean {
  const cells = Object.entries(figures).map(([figure, value]) => {
    const bar = bars.find((each) => each.figure === figure);
    if (!bar) return `${figure} ${value.toFixed(3)}`;
    const isMet = value >= bar.atLeast;
    return `${figure} ${value.toFixed(3)} ${isMet ? '✓' : '✗'} ≥ ${bar.atLeast}`;
  });
  const missed = bars.filter(({ figure, atLeast }) => (figures[figure] ?? 0) < atLeast);
  console.log(
    `  ${`${name}${isHeldOut ? ' (held out)' : ''}`.padEnd(44)} ${String(items).padStart(6)}  ${cells.join('  ')}`,
  );
  for (const { figure, isReached } of missed)
    console.log(`    ${isReached ? 'MISSED' : 'known to be missed'}: ${figure}`);
  return missed.every(({ isReached }) => !isReached);
}

const [, , wanted] = process.argv;
let isGood = true;
let measured = 0;
for (const set of SETS) {
  if (wanted && !set.name.includes(wanted)) continue;
  const started = performance.now();
  const measures = await set.measure();
  if (!measures) {
    console.log(`${set.name}: not here, get ${set.source}`);
    continue;
  }
  measured += 1;
  console.log(`${set.name}  (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const measure of measures) isGood = show(measure) && isGood;
}
if (measured === 0) console.log('no set is here: nothing was measured');
process.exitCode = isGood && measured > 0 ? 0 : 1;
