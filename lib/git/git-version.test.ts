import { expect, test } from 'vitest';
import { parseGitVersion } from './git-version';

test.each([
  ['git version 2.39.5', false],
  ['git version 2.43.6', false],
  ['git version 2.43.7', true],
  ['git version 2.49.0', false],
  ['git version 2.50.1 (Apple Git-155)', true],
  ['git version 2.51.0', true],
  ['git version 3.0.0', true],
  ['something else', false],
])('knows whether %s holds the fixes of 2025', (output, hasSecurityFixes) => {
  expect(parseGitVersion(output).hasSecurityFixes).toBe(hasSecurityFixes);
});
