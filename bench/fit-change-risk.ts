import { writeFileSync } from 'node:fs';
import { type ChangeFactors, standardised } from '@/lib/magics/predictive/change-risk';
import { CHANGE_WEIGHTS } from '@/lib/magics/predictive/change-weights';
import { HELD_OUT, readChanges, TABLE } from './accuracy/apache-changes';
import { fitLogistic, type Sample } from './accuracy/logistic';
import { areaUnderCurve, groupBy, mean } from './accuracy/measure';
import { findClone } from './accuracy/sets';

/** `npm run bench:fit-change-risk`: writes lib/magics/predictive/change-weights.ts from the tuning part. */
const RIDGE = 1;
const MIN_BUGGY = 5;

const files = findClone('hosseinkshvrz', 'apachejit');
if (!files) throw new Error('get github.com/hosseinkshvrz/apachejit');
const changes = readChanges(files.read(TABLE).toString()).filter(({ project }) => !HELD_OUT.has(project));
const factors = Object.keys(CHANGE_WEIGHTS) as (keyof ChangeFactors)[];

const projects = [...groupBy(changes, ({ project }) => project)]
  .map(([name, own]) => {
    const columns = factors.map((factor) => standardised(own.map((change) => change.factors[factor])));
    const buggy = own.filter(({ isBuggy }) => isBuggy).length;
    const samples = own.map(({ isBuggy }, index): Sample => {
      const like = isBuggy ? buggy : own.length - buggy;
      return { features: columns.map((column) => column[index] ?? 0), isTrue: isBuggy, weight: 1 / Math.sqrt(like) };
    });
    return { name, buggy, samples };
  })
  .filter(({ buggy, samples }) => buggy >= MIN_BUGGY && buggy < samples.length);

const score = (weights: readonly number[], features: readonly number[]) =>
  features.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
const crossed = projects.map(({ name, samples }) => {
  const others = projects.filter((each) => each.name !== name).flatMap((each) => each.samples);
  const weights = fitLogistic(others, RIDGE);
  const auc = areaUnderCurve(samples.map(({ features, isTrue }) => ({ isTrue, score: score(weights, features) })));
  return { name, auc };
});
console.log('each project by the others', crossed, mean(crossed.map(({ auc }) => auc)));

const all = projects.flatMap(({ samples }) => samples);
const fitted = fitLogistic(all, RIDGE);
const rows = factors.map((factor, at) => `  ${factor}: ${(fitted[at] ?? 0).toFixed(3)},`);
writeFileSync(
  new URL('../lib/magics/predictive/change-weights.ts', import.meta.url),
  `// By bench/fit-change-risk.ts from ${all.length} changes of ${projects.length} projects.\nimport type { ChangeFactors } from './change-risk';\n\n/** What a deviation of each factor adds to the log odds that a change brings a defect. */\nexport const CHANGE_WEIGHTS: Readonly<Record<keyof ChangeFactors, number>> = {\n${rows.join('\n')}\n};\n`,
);
