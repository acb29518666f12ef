import { describe, expect, test } from 'vitest';
import { type KnownBranch, recommendPolicy } from './repository-analysis';

const files = (count: number, name: (at: number) => string, mode = '100644'): KnownBranch['tree'] =>
  Array.from({ length: count }, (_, at) => ({ path: name(at), mode }));

describe('the recommended policy', () => {
  test('is for a beginning while files and commits are few, whatever licence it carries', () => {
    const tree = [...files(6, (at) => `src/${at}.ts`), { path: 'LICENSE', mode: '100644' }];

    expect(recommendPolicy({ tree, commits: 12 })).toMatchObject({
      preset: 'startup',
      reason: { id: 'policy_young', data: { files: 6, commits: 12 } },
    });
  });

  test('counts programs that have no extension', () => {
    const tree = files(60, (at) => `test/fast/case ${at}`, '100755');

    expect(recommendPolicy({ tree, commits: 12 })).toMatchObject({
      preset: 'default',
      reason: { id: 'policy_default', data: { files: 60 } },
    });
  });

  test('takes no old code base of few files for a young one', () => {
    expect(recommendPolicy({ tree: files(6, (at) => `${at}.sh`), commits: 200 }).preset).toBe('default');
  });

  test.each(['LICENSE', 'LICENSE.md', 'licence.txt', 'COPYING', 'LICENSE-MIT'])('is open source with %s', (path) => {
    const tree = [...files(60, (at) => `src/${at}.go`), { path, mode: '100644' }];

    expect(recommendPolicy({ tree, commits: 500 })).toMatchObject({
      preset: 'open-source',
      reason: { id: 'policy_open_source', data: { path } },
    });
  });

  test.each(['src/license', 'licenses.json', 'license_check.go'])('is not open source by %s', (path) => {
    const tree = [...files(60, (at) => `src/${at}.go`), { path, mode: '100644' }];

    expect(recommendPolicy({ tree, commits: 500 }).preset).toBe('default');
  });

  test('is the usual one while nothing is known', () => {
    expect(recommendPolicy(null)).toMatchObject({ preset: 'default', reason: { id: 'policy_unknown' } });
  });
});
