import { writeFileSync } from 'node:fs';
import { CORRECTIVE_FEATURES, correctiveFeatures } from '@/lib/magics/corrective';
import { labelledMessages, messageOf, TUNING } from './accuracy/corrective-commits';
import { fitLogistic } from './accuracy/logistic';
import { scores } from './accuracy/measure';
import { findClone } from './accuracy/sets';

/** `npm run bench:fit-corrective`: writes lib/magics/corrective-weights.ts from the tuning part of the set. */
const RIDGE = 2;
/** Below even odds: as many are found as are missed. */
const THRESHOLD = -0.8;
const FOLDS = 5;

const files = findClone('evidencebp', 'commit-classification');
if (!files) throw new Error('get github.com/evidencebp/commit-classification');
const messages = new Map(TUNING.flatMap((name) => labelledMessages(files, name)).map((each) => [each.message, each]));
const all = [...messages.values()].map(({ message, isTrue }) => ({
  isTrue,
  features: new Set(correctiveFeatures(messageOf(message))),
}));
const samples = all.map(({ isTrue, features }) => ({
  isTrue,
  features: CORRECTIVE_FEATURES.map((name) => (features.has(name) ? 1 : 0)),
}));

const scoreOf = (weights: readonly number[], features: readonly number[]) =>
  [...features, 1].reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
const verdicts = samples.map(({ isTrue, features }, index) => ({ isTrue, features, fold: index % FOLDS }));
const crossed = Array.from({ length: FOLDS }, (_, fold) => {
  const weights = fitLogistic(
    verdicts.filter((each) => each.fold !== fold),
    RIDGE,
  );
  return verdicts
    .filter((each) => each.fold === fold)
    .map(({ isTrue, features }) => ({ isTrue, isFound: scoreOf(weights, features) >= THRESHOLD }));
});
console.log('cross-validated', scores(crossed.flat()));

const fitted = fitLogistic(samples, RIDGE);
const rows = CORRECTIVE_FEATURES.map(
  (name, at) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: ${(fitted[at] ?? 0).toFixed(2)},`,
);
writeFileSync(
  new URL('../lib/magics/corrective-weights.ts', import.meta.url),
  `// By bench/fit-corrective.ts from ${samples.length} labelled messages.\n\n/** Log odds without any of the words, from the threshold. */\nexport const CORRECTIVE_BIAS = ${((fitted.at(-1) ?? 0) - THRESHOLD).toFixed(2)};\n\n/** What each feature of a message adds to the log odds. */\nexport const CORRECTIVE_WEIGHTS: Readonly<Record<string, number>> = {\n${rows.join('\n')}\n};\n`,
);
