import { expect, test } from 'vitest';
import { auditMark } from './audit-mark';

test.each([
  ['completed', 8, 8, 'passed'],
  ['completed', 7, 8, 'partial'],
  ['completed', 1, 1, 'passed'],
  ['partial', 7, 8, 'partial'],
  ['failed', 0, 8, 'error'],
  ['running', 3, 8, 'running'],
] as const)('an audit that is %s with %i of %i magics is marked %s', (status, magicsJudged, magicsTotal, mark) => {
  expect(auditMark({ status, magicsJudged, magicsTotal })).toBe(mark);
});
