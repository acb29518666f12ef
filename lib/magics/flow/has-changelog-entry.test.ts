import { expect, test } from 'vitest';
import { isChangelog } from './has-changelog-entry';

test.each(['CHANGELOG.md', 'docs/NEWS', 'CHANGES.rst', 'changelogs/changelog.yaml', 'docs/release-notes.html'])(
  '%s is a changelog',
  (path) => {
    expect(isChangelog(path)).toBe(true);
  },
);

test.each(['.github/workflows/release.yml', 'tools/release.mjs', 'src/history.ts', 'docs/guide.md'])(
  '%s is none',
  (path) => {
    expect(isChangelog(path)).toBe(false);
  },
);
