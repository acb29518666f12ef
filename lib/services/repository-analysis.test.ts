import { describe, expect, test } from 'vitest';
import { recommendPolicy, surveyTree } from './repository-analysis';

const file = (path: string, mode = '100644') => ({ path, mode, sizeBytes: 1 });
const files = (count: number, name: (at: number) => string, mode?: string) =>
  Array.from({ length: count }, (_, at) => file(name(at), mode));
const recommend = async (tree: ReturnType<typeof files>, commits: number) =>
  recommendPolicy({ ...(await surveyTree(tree)), commits });

describe('the recommended policy', () => {
  test('is for a beginning while files and commits are few, whatever licence it carries', async () => {
    const tree = [...files(6, (at) => `src/${at}.ts`), file('LICENSE')];

    expect(await recommend(tree, 12)).toMatchObject({
      preset: 'startup',
      reason: { id: 'policy_young', data: { files: 6, commits: 12 } },
    });
  });

  test('counts programs that have no extension', async () => {
    const tree = files(60, (at) => `test/fast/case ${at}`, '100755');

    expect(await recommend(tree, 12)).toMatchObject({
      preset: 'default',
      reason: { id: 'policy_default', data: { files: 60 } },
    });
  });

  test('takes no old code base of few files for a young one', async () => {
    expect(
      await recommend(
        files(6, (at) => `${at}.sh`),
        200,
      ),
    ).toMatchObject({ preset: 'default' });
  });

  test.each(['LICENSE', 'LICENSE.md', 'licence.txt', 'COPYING', 'LICENSE-MIT'])(
    'is open source with %s',
    async (path) => {
      const tree = [...files(60, (at) => `src/${at}.go`), file(path)];

      expect(await recommend(tree, 500)).toMatchObject({
        preset: 'open-source',
        reason: { id: 'policy_open_source', data: { path } },
      });
    },
  );

  test.each(['src/license', 'licenses.json', 'license_check.go'])('is not open source by %s', async (path) => {
    const tree = [...files(60, (at) => `src/${at}.go`), file(path)];

    expect(await recommend(tree, 500)).toMatchObject({ preset: 'default' });
  });

  test('is the usual one while nothing is known', () => {
    expect(recommendPolicy(null)).toMatchObject({ preset: 'default', reason: { id: 'policy_unknown' } });
  });
});
