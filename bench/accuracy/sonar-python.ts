import type { BlobFacts } from '@/lib/facts/blob-facts';
import { collectBlob } from '@/lib/facts/collect-blob';
import { type LabelledSet, scores, type Verdict } from './measure';
import { findClone } from './sets';

const FOLDER = 'python-checks/src/test/resources/checks';
const flaws = (form: BlobFacts['logicFlaws'][number]['form']) => (facts: BlobFacts) =>
  facts.logicFlaws.filter((flaw) => flaw.form === form);

/** What is compared with which file of annotated lines. */
const CLASSES: readonly { name: string; file: string; reported: (facts: BlobFacts) => readonly { line: number }[] }[] =
  [
    {
      name: 'empty functions',
      file: 'emptyFunction.py',
      reported: ({ functions }) => functions.filter(({ body, isDocumented }) => body === 'empty' && !isDocumented),
    },
    { name: 'self-assignment', file: 'selfAssignment.py', reported: flaws('self-assignment') },
    {
      name: 'identical operands',
      file: 'identicalExpressionOnBinaryOperator.py',
      reported: flaws('identical-operands'),
    },
    { name: 'repeated conditions', file: 'sameCondition.py', reported: flaws('repeated-condition') },
    { name: 'code after a jump', file: 'afterJumpStatement.py', reported: flaws('unreachable') },
    { name: 'mutable defaults', file: 'modifiedParameterValue.py', reported: flaws('mutable-default') },
    { name: 'loop variables in closures', file: 'functionUsingLoopVariable.py', reported: flaws('captured-variable') },
  ];

/** `Noncompliant` and `Noncompliant@+2` in comments. */
function annotatedLines(text: string): Set<number> {
  return new Set(
    text.split('\n').flatMap((line, index) => {
      const match = /#\s*Noncompliant(?:@(?<off>[+-]\d+))?/.exec(line);
      return match ? [index + 1 + Number(match.groups?.off ?? 0)] : [];
    }),
  );
}

export const sonarPython: LabelledSet = {
  name: 'annotated Python',
  source: 'github.com/SonarSource/sonar-python',
  async measure() {
    const files = findClone('SonarSource', 'sonar-python', FOLDER);
    if (!files) return null;
    const contents = files.readAll(CLASSES.map(({ file }) => `${FOLDER}/${file}`));
    const all: Verdict[] = [];
    const measures = [];
    for (const [index, { name, file, reported }] of CLASSES.entries()) {
      const text = (contents[index] ?? '').toString();
      const wanted = annotatedLines(text);
      const found = new Set(reported(await collectBlob(`src/${file}`, Buffer.from(text))).map(({ line }) => line));
      const verdicts = [...new Set([...wanted, ...found])].map((line) => ({
        isTrue: wanted.has(line),
        isFound: found.has(line),
      }));
      if (process.env.SHOW_ERRORS) {
        const missed = [...wanted].filter((line) => !found.has(line));
        const wrong = [...found].filter((line) => !wanted.has(line));
        console.log(`    ${file}: missed ${missed.join(' ')}, not annotated ${wrong.join(' ')}`);
      }
      all.push(...verdicts);
      measures.push({ name, items: wanted.size, figures: scores(verdicts) });
    }
    const bars = [
      { figure: 'precision', atLeast: 0.95, isReached: false },
      { figure: 'recall', atLeast: 0.95, isReached: false },
    ];
    return [...measures, { name: 'all', items: all.filter(({ isTrue }) => isTrue).length, figures: scores(all), bars }];
  },
};
