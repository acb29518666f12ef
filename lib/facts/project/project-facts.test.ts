import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { isProjectFile, projectFacts } from './project-facts';

describe('isProjectFile', () => {
  test.each([
    'README.md',
    'docs/SECURITY.md',
    '.github/CODEOWNERS',
    'LICENSE-MIT',
    'CHANGELOG.rst',
    'Dockerfile',
    'deploy/app.dockerfile',
    '.github/dependabot.yml',
    'renovate.json',
    'commitlint.config.js',
    '.mailmap',
    '.gitattributes',
    '.gitmodules',
    '.github/ISSUE_TEMPLATE/bug.yml',
    '.github/pull_request_template.md',
    'docs/adr/0001-x.md',
    'docs/decisions/2-y.md',
    'package.json',
    'pnpm-lock.yaml',
    '.github/workflows/ci.yml',
    '.husky/pre-commit',
    'tsconfig.json',
    'Makefile',
    'app/app.csproj',
  ])('wants %s', (path) => {
    expect(isProjectFile(path)).toBe(true);
  });

  test.each([
    'src/readme.ts',
    'node_modules/a/package.json',
    'src/security.py',
    'a.md',
    'testdata/go.mod',
    'src/changes.go',
    'img/license.png',
  ])('does not want %s', (path) => {
    expect(isProjectFile(path)).toBe(false);
  });
});

test('cuts documents and sorts them by path', () => {
  const { documents } = projectFacts([
    { path: 'README.md', text: 'x'.repeat(100_000) },
    { path: 'CODEOWNERS', text: '* @a' },
  ]);

  expect(documents.map(({ path, text }) => [path, text.length])).toEqual([
    ['CODEOWNERS', 4],
    ['README.md', 64_000],
  ]);
});

test.each([
  ['go.mod', `module a\n${'a.'.repeat(200_000)}`],
  ['go.mod', `module a${'\n'.repeat(400_000)}`],
  ['pom.xml', `<project>${'<build>'.repeat(60_000)}`],
  ['pom.xml', `<project>${'<dependency>'.repeat(30_000)}`],
  ['package-lock.json', `{${'"node_modules/'.repeat(30_000)}`],
  ['pnpm-lock.yaml', `${' '.repeat(400_000)}a`],
  ['yarn.lock', 'a@, '.repeat(100_000)],
  ['requirements.txt', `${' '.repeat(300_000)}#`],
  ['setup.py', `setup(${'install_requires=['.repeat(20_000)}`],
  ['Gemfile', `${'\n'.repeat(300_000)}${'gem "'.repeat(30_000)}`],
  ['build.gradle', 'implementation("a:'.repeat(20_000)],
  ['Jenkinsfile', 'sh """'.repeat(10_000)],
  ['.gitattributes', `${'*'.repeat(400)}a linguist-vendored\n`.repeat(1_000)],
])('reads %s in time linear to its length', (path, text) => {
  const start = cpuTimeMs();

  projectFacts([
    { path, text },
    { path: 'package.json', text: '{"dependencies":{"a":"1"}}' },
  ]);

  expect(cpuTimeMs() - start).toBeLessThan(2_000);
});

test('never throws, whatever well-known files hold', () => {
  const path = fc.constantFrom(
    'package.json',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'pyproject.toml',
    'requirements.txt',
    'Pipfile',
    'Pipfile.lock',
    'setup.py',
    'go.mod',
    'go.sum',
    'Cargo.toml',
    'Cargo.lock',
    'composer.json',
    'Gemfile',
    'build.gradle',
    'pom.xml',
    'a.csproj',
    '.github/workflows/a.yml',
    '.gitlab-ci.yml',
    'azure-pipelines.yml',
    '.circleci/config.yml',
    'bitbucket-pipelines.yml',
    'Jenkinsfile',
    '.travis.yml',
    '.drone.yml',
    '.gitattributes',
    'README.md',
  );
  const yaml = fc
    .array(
      fc.constantFrom(
        'jobs',
        'steps',
        'on',
        'script',
        'extends',
        'include',
        'pipelines',
        'step',
        ': ',
        '\n',
        '  ',
        '- ',
        '&a ',
        '*a',
        '<<',
        '[',
        ']',
        '{',
        '}',
        'x',
        '1e999',
        '__proto__',
      ),
    )
    .map((parts) => parts.join(''));
  const text = fc.oneof(yaml, fc.json(), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(fc.record({ path, text }), { maxLength: 4 }), (texts) => {
      expect(() => projectFacts(texts)).not.toThrow();
    }),
    { numRuns: 400 },
  );
});
