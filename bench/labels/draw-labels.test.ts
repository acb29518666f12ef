import { expect, test } from 'vitest';
import { drawLabels } from './draw-labels';

const findingsOf = (ruleId: string, repositories: number, each: number) =>
  Array.from({ length: repositories * each }, (_, index) => ({
    ruleId,
    repository: `owner/r${index % repositories}`,
    fingerprint: `${index}`,
  }));

const countOf = (names: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

test('twenty of a rule are drawn, two of a repository, whatever order the findings come in', () => {
  const findings = [...findingsOf('a/no-b', 12, 9), ...findingsOf('a/no-c', 9, 9)];

  const drawn = drawLabels(findings, []);

  expect(countOf(drawn.map(({ ruleId }) => ruleId))).toEqual(
    new Map([
      ['a/no-b', 20],
      ['a/no-c', 18],
    ]),
  );
  expect(Math.max(...countOf(drawn.map(({ ruleId, repository }) => ruleId + repository)).values())).toBe(2);
  expect(drawLabels([...findings].reverse(), [])).toEqual(drawn);
});

test('more of a repository are drawn where few repositories have the rule', () => {
  expect(drawLabels(findingsOf('a/no-b', 5, 9), [])).toHaveLength(15);
  expect(drawLabels(findingsOf('a/no-b', 3, 9), [])).toHaveLength(15);
  expect(drawLabels(findingsOf('a/no-b', 2, 9), [])).toHaveLength(10);
});

test('what was read is not drawn again, and counts when the rule still reports it', () => {
  const findings = findingsOf('a/no-b', 20, 2);
  const labelled = findings.slice(0, 5).map((finding, index) => ({ ...finding, isReported: index > 0 }));

  const drawn = drawLabels(findings, labelled);

  expect(drawn).toHaveLength(16);
  expect(drawn).not.toEqual(expect.arrayContaining([findings[0]]));
});
