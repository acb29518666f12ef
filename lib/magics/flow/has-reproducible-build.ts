import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { type CheckOutput, defineRule } from '../define';
import type { FileRole } from '../facts/code';
import type { ManifestFact } from '../facts/project';

type Ecosystem = ManifestFact['ecosystem'];

/** Package managers with a lock file that teams are expected to commit. */
const LOCKED: ReadonlySet<Ecosystem> = new Set<Ecosystem>(['npm', 'python', 'go', 'cargo', 'composer', 'bundler']);
/** Ecosystems whose manifest or a file beside it customarily names the run-time. */
const PINNED: ReadonlySet<Ecosystem> = new Set<Ecosystem>(['npm', 'python', 'go', 'cargo', 'bundler', 'composer']);
const NOT_BUILT: ReadonlySet<FileRole> = new Set<FileRole>([
  'fixture',
  'vendored',
  'test',
  'generated',
  'documentation',
]);
const SHOWCASE =
  /(?:^|\/)(?:(?:[\w]+-)?examples?|samples?|demos?|templates?|playgrounds?|fixtures?|tests?|docs?|bench(?:marks?)?|starters?)\//i;
const LISTED = 5;
/** What `runtimes` calls them; container files state the run-time as well as manifests do. */
const PRODUCTS: Partial<Record<Ecosystem, string>> = {
  npm: 'node',
  python: 'python',
  go: 'go',
  bundler: 'ruby',
  composer: 'php',
};

function isBuilt(manifest: ManifestFact): boolean {
  return !NOT_BUILT.has(classifyPath(manifest.path)) && !SHOWCASE.test(manifest.path);
}

/** Libraries leave the choice of versions to their users; a Go module has go.sum all the same. */
const mayGoWithout = ({ isLibrary, ecosystem }: ManifestFact) => isLibrary && ecosystem !== 'go';

export const hasReproducibleBuild = defineRule({
  id: 'flow/has-reproducible-build',
  catalogue: 'FLW-17',
  group: 'build',
  severity: 'medium',
  needs: ['manifests', 'runtimes'],
  limits: { per: 'measure', good: 1, bad: 0.4, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://reproducible-builds.org/',
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
  ],
  tags: ['SLSA', 'CWE-1357', 'NIST SSDF PW.4', 'ISO27001 A.8.31'],
  options: z.object({}),

  title: { en: 'Builds are reproducible', ja: '同じビルドを再現できる' },
  why: {
    en: 'Without a lock file each build may take other dependencies: what was tested is not what ships.',
    ja: 'ロックファイルがないと、ビルドのたびに依存物が変わり得ます。検査したものと出荷するものが異なります。',
  },
  fix: {
    en: 'Commit the lock file, install from it in CI, and state the run-time version.',
    ja: 'ロックファイルをコミットし、CI ではそれを使ってインストールし、実行環境のバージョンを明記してください。',
  },
  messages: {
    lock: {
      en: '{count} {count|dependency of this manifest is|dependencies of this manifest are} not locked.',
      ja: 'このマニフェストの依存物{count}個が、ロックファイルで固定されていません。',
    },
    step: {
      en: 'The lock file “{lock}” does not know {names}.',
      ja: 'ロックファイル「{lock}」に {names} がありません。',
    },
    runtime: {
      en: 'Nothing states which version of the run-time this needs.',
      ja: '必要な実行環境のバージョンがどこにも書かれていません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'package.json':
            '{ "name": "a", "private": true, "engines": { "node": ">=20" }, "dependencies": { "zod": "^4" } }',
        },
      },
      {
        files: {
          'package.json':
            '{ "name": "日本", "private": true, "engines": { "node": ">=20" }, "dependencies": { "zod": "^4", "hono": "^4" } }',
          'package-lock.json':
            '{ "name": "a", "lockfileVersion": 3, "packages": { "": { "dependencies": { "zod": "^4" } }, "node_modules/zod": { "version": "4.0.0" } } }',
        },
      },
      { files: { 'go.mod': 'module example.org/a\n\ngo 1.22\n\nrequire github.com/x/y v1.0.0\n' } },
    ],
    good: [
      {
        files: {
          'package.json':
            '{ "name": "a", "private": true, "engines": { "node": ">=20" }, "dependencies": { "zod": "^4" } }',
          'package-lock.json':
            '{ "name": "a", "lockfileVersion": 3, "packages": { "": { "dependencies": { "zod": "^4" } }, "node_modules/zod": { "version": "4.0.0" } } }',
        },
      },
      { files: { 'package.json': '{ "name": "a", "private": true, "engines": { "node": ">=20" } }' } },
      {
        files: {
          'app/requirements.txt': 'flask==3.0.0\n',
          'app/Dockerfile': 'FROM python:3.12-slim\n',
          'tools/package.json': '{ "name": "parser", "src": ["parser.c"] }',
          'push-examples/package.json': '{ "dependencies": { "zod": "^4" } }',
        },
      },
      {
        files: {
          'requirements.txt': 'flask==3.0.0\n',
          'setup.py':
            "from setuptools import setup\nsetup(name='a', classifiers=['Programming Language :: Python :: 3.8'])\n",
        },
      },
      {
        files: {
          Gemfile: "source 'https://rubygems.org'\ngemspec\ngem 'rake'\n",
          'a.gemspec': 's.required_ruby_version = ">= 3"\n',
        },
      },
      {
        files: {
          'go.mod': 'module example.org/a\n\ngo 1.22\n\nrequire github.com/x/y v1.0.0\n',
          'go.sum': 'github.com/x/y v1.0.0 h1:AAAA=\ngithub.com/x/y v1.0.0/go.mod h1:AAAA=\n',
          'examples/デモ/package.json': '{ "dependencies": { "zod": "^4" } }',
        },
      },
    ],
  },

  *check({ manifests, runtimes }): CheckOutput {
    const built = manifests.filter(isBuilt).filter((manifest) => LOCKED.has(manifest.ecosystem));
    if (built.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    let asked = 0;
    let kept = 0;
    const isRuntimePinned = (ecosystem: Ecosystem) =>
      manifests.some((manifest) => manifest.ecosystem === ecosystem && manifest.isRuntimePinned) ||
      runtimes.some(({ product }) => product === PRODUCTS[ecosystem]);
    const reported = new Set<Ecosystem>();

    for (const manifest of built) {
      const { path, ecosystem, dependencies, lockFile, missingFromLock } = manifest;
      const location = { path, line: 1 };
      if (dependencies.length > 0 && !(lockFile === null && mayGoWithout(manifest))) {
        asked += 2;
        if (lockFile === null) {
          yield { messageId: 'lock', data: { count: dependencies.length }, location, anchor: 'lock' };
        } else if (missingFromLock && missingFromLock.length > 0) {
          const shown = missingFromLock.slice(0, LISTED).join(', ');
          const names = missingFromLock.length > LISTED ? `${shown}, …` : shown;
          yield { messageId: 'step', data: { lock: lockFile, names }, location, anchor: 'step' };
        } else kept += 2;
      }
      // A gem says it in its specification; without dependencies a manifest may only hold a name.
      const mayNeedNone = dependencies.length === 0 || (ecosystem === 'bundler' && manifest.isLibrary);
      if (!PINNED.has(ecosystem) || reported.has(ecosystem) || mayNeedNone) continue;
      reported.add(ecosystem);
      asked += 1;
      if (isRuntimePinned(ecosystem)) kept += 1;
      else yield { messageId: 'runtime', location, severity: 'low', anchor: `runtime ${ecosystem}` };
    }
    return { value: asked === 0 ? 1 : kept / asked, metrics: { manifests: built.length } };
  },
});
