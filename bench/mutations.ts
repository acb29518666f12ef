import { factsOf, findingsOf } from './accuracy/run-rules';
import { scriptHistories } from './mutations/histories';
import { judgePlanting, tally } from './mutations/judge';
import { WRITINGS } from './mutations/languages';
import { plant } from './mutations/plant';

/**
 * `npm run bench:mutations [-- seed]`: plants flaws in clean code and counts which are reported, and what is reported of
 * the code around them. Fails below the bars.
 */
const RECALL = 0.95;
const PRECISION = 0.9;
const REPEATS = 4;

const seed = Number(process.argv[2] ?? 2026);
const planting = plant(WRITINGS, seed, REPEATS);
const verdicts = judgePlanting(planting, await factsOf({ files: planting.files }));
let isGood = true;
for (const { name, planted, found, elsewhere } of tally(verdicts)) {
  const recall = planted === 0 ? 1 : found / planted;
  const precision = found + elsewhere === 0 ? 1 : found / (found + elsewhere);
  const isMet = recall >= RECALL && precision >= PRECISION;
  isGood &&= isMet;
  console.log(
    `${isMet ? '✓' : '✗'} ${name.padEnd(34)} planted ${String(planted).padStart(4)}  recall ${recall.toFixed(3)}  precision ${precision.toFixed(3)}`,
  );
}
for (const { mutation, language, path, from, isFound } of verdicts.planted)
  if (!isFound) console.log(`  missed ${mutation} of ${language}: ${path}:${from}`);
for (const { ruleId, path, line } of verdicts.elsewhere) console.log(`  false  ${ruleId} at ${path}:${line}`);
for (const history of scriptHistories(seed)) {
  const facts = await factsOf(history.sketch);
  const missed = history.reported.filter((ruleId) => findingsOf(facts, [ruleId]).length === 0);
  const wrong = history.silent.filter((ruleId) => findingsOf(facts, [ruleId]).length > 0);
  const isMet = missed.length === 0 && wrong.length === 0;
  isGood &&= isMet;
  console.log(
    `${isMet ? '✓' : '✗'} history: ${[history.name, ...missed.map((id) => `missed ${id}`), ...wrong.map((id) => `false ${id}`)].join(', ')}`,
  );
}
process.exitCode = isGood ? 0 : 1;
