import type { Verdict } from './measure';
import { type LabelledSet, scores } from './measure';
import { factsOf, findingsOf } from './run-rules';
import { findClone } from './sets';

/** Text of strangers in scripts: what actionlint expects, by line, over all its examples. */
const EXPECTED = /^(?:test\.yaml|[^:]*):(?<line>\d+):\d+: .*potentially untrusted/gm;

const MAX_STEP_LINES = 8;

export const actionlint: LabelledSet = {
  name: 'workflows',
  source: 'github.com/rhysd/actionlint',
  async measure() {
    const files = findClone('rhysd', 'actionlint');
    if (!files) return null;
    const paths = files.paths.filter((path) => /^testdata\/(?:err|ok|examples)\/[^/]+\.ya?ml$/.test(path));
    const contents = files.readAll(paths);
    const placeOf = (path: string) => `.github/workflows/${path.replaceAll('/', '-')}`;
    const sketch = Object.fromEntries(paths.map((path, index) => [placeOf(path), (contents[index] ?? '').toString()]));
    const reported = findingsOf(await factsOf({ files: sketch }), ['flow/no-unsafe-workflow']).filter(
      ({ messageId }) => messageId === 'injection',
    );
    const verdicts = paths.flatMap((path): Verdict[] => {
      const told = path.replace(/\.ya?ml$/, '.out');
      const output = files.paths.includes(told) ? files.read(told).toString() : '';
      const wanted = new Set([...output.matchAll(EXPECTED)].map((match) => Number(match.groups?.line)));
      const found = new Set(reported.filter((each) => each.path === placeOf(path)).map(({ line }) => line));
      // A finding stands at its step, an expectation at the expression in it.
      const isOf = (step: number, line: number) => step <= line && line <= step + MAX_STEP_LINES;
      return [
        ...[...wanted].map((line) => ({ isTrue: true, isFound: [...found].some((step) => isOf(step, line)) })),
        ...[...found]
          .filter((step) => ![...wanted].some((line) => isOf(step, line)))
          .map(() => ({ isTrue: false, isFound: true })),
      ];
    });
    if (process.env.SHOW_ERRORS) for (const { path, line } of reported) console.log(`    found ${path}:${line}`);
    const bars = [{ figure: 'recall', atLeast: 0.95, isReached: true }];
    return [{ name: 'script injection', items: verdicts.length, figures: scores(verdicts), bars }];
  },
};
