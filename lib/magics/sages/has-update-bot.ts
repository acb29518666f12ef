import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import type { ManifestFact } from '../facts/project';
import { baseName } from '../paths';

const MANY = 20;
const CONFIGURATION =
  /^(?:\.github\/|\.gitlab\/|\.gitea\/|\.config\/)?(?:dependabot\.ya?ml|renovate(?:-config)?\.json5?|\.renovaterc(?:\.json5?)?|\.pyup\.ya?ml|\.scala-steward\.conf|updatecli\.ya?ml)$|^\.?updatecli\//i;
const UPDATER = /dependabot|renovate|pyup|depfu|greenkeeper|snyk-bot|scala-steward|updatecli|pre-commit-ci/i;
/** Pipelines that raise the versions by schedule, without a bot. */
const OWN_UPDATE =
  /(?:upgrade|update|bump)[\w -]{0,60}(?:dependenc|requirements|lock ?files?|packages)|\b(?:npm|yarn|pnpm|pip|poetry|cargo|go|composer|bundler?) (?:update|upgrade)/i;
/** A tool or two is renewed by hand without harm. */
const FEW = 3;
const NOT_SHIPPED = /(?:^|\/)(?:examples?|samples?|demos?|templates?|playgrounds?|fixtures?|testdata|docs?)\//i;

/** Names Dependabot gives to what we read from manifests. */
const DEPENDABOT: Record<ManifestFact['ecosystem'], RegExp> = {
  npm: /\b(?:npm|bun|pnpm|yarn)\b/,
  python: /\b(?:pip|uv|poetry|pipenv)\b/,
  go: /\bgomod\b/,
  cargo: /\bcargo\b/,
  maven: /\bmaven\b/,
  gradle: /\bgradle\b/,
  composer: /\bcomposer\b/,
  bundler: /\bbundler\b/,
  nuget: /\b(?:nuget|dotnet-sdk)\b/,
};

const isUpdate = (commit: CommitFact) =>
  UPDATER.test(commit.authorName) ||
  UPDATER.test(commit.author) ||
  /^Merge pull request #\d+ from \S*(?:dependabot|renovate)\//.test(commit.subject);

const packages = (count: number) =>
  JSON.stringify({
    name: 'a',
    dependencies: Object.fromEntries(Array.from({ length: count }, (_, index) => [`lib-${index}`, '^1'])),
  });
const DEPENDABOT_NPM =
  'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n';

export const hasUpdateBot = defineRule({
  id: 'sages/has-update-bot',
  catalogue: 'SAG-R1',
  group: 'research',
  severity: 'high',
  confidence: 0.9,
  needs: ['files', 'documents', 'manifests', 'commits', 'workflows'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'trivial',
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#dependency-update-tool'],
  tags: ['CWE-1104', 'NIST SSDF PW.4', 'ISO27001 A.8.8', 'OSPS-VM-05', 'HIPAA 164.308(a)(1)(ii)(B)'],
  options: z.object({}),

  title: { en: 'A bot proposes dependency updates', ja: '依存物の更新を自動で提案する' },
  why: {
    en: 'Nobody watches the releases of dozens of dependencies; fixes of known holes arrive late or never.',
    ja: '多数の依存物の新版を人手で見張ることはできません。既知の脆弱性の修正が遅れるか、届きません。',
  },
  fix: {
    en: 'Configure Dependabot or Renovate for every ecosystem the repository uses, and merge what it proposes.',
    ja: '使っているすべてのエコシステムに Dependabot か Renovate を設定し、提案を取り込んでください。',
  },
  messages: {
    none: {
      en: 'No update bot looks after {count} {count|direct dependency|direct dependencies}.',
      ja: '直接の依存物{count}個を見張る更新ボットがありません。',
    },
    uncovered: {
      en: 'Dependabot is configured, but not for {ecosystem} ({count} {count|dependency|dependencies}).',
      ja: 'Dependabot の設定に {ecosystem} が含まれていません（依存物{count}個）。',
    },
  },
  examples: {
    bad: [
      { files: { 'package.json': packages(25), 'src/a.ts': 'export {};\n' } },
      { files: { 'package.json': packages(3), 'src/解析.ts': 'export {};\n' } },
      {
        files: {
          'package.json': packages(25),
          '.github/dependabot.yml': 'version: 2\nupdates:\n  - package-ecosystem: github-actions\n    directory: /\n',
        },
      },
    ],
    good: [
      { files: { 'package.json': packages(25), '.github/dependabot.yml': DEPENDABOT_NPM } },
      {
        files: {
          'package.json': packages(25),
          '.github/workflows/upgrade-dependencies.yml':
            'on:\n  schedule:\n    - cron: 0 5 * * TUE\njobs:\n  upgrade:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm update\n',
        },
      },
      {
        files: {
          'package.json': packages(25),
          'tools/requirements.txt': 'mkdocs==1.6.0\n',
          '.github/dependabot.yml': DEPENDABOT_NPM,
        },
      },
      {
        files: {
          'package.json': packages(25),
          '.github/dependabot.yml': DEPENDABOT_NPM.replace('npm', 'github-actions'),
          '.github/workflows/npm-update.yml':
            'name: NPM Update\non:\n  schedule:\n    - cron: 0 0 * * *\njobs:\n  update:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install --package-lock-only\n',
        },
      },
      { files: { 'package.json': packages(25), 'renovate.json': '{ "extends": ["config:recommended"] }\n' } },
      {
        commits: [
          { message: '開始', files: { 'package.json': packages(25) } },
          {
            message: 'Bump lib-1 from 1.0.0 to 1.0.1',
            author: 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
            files: { 'src/a.ts': 'export {};\n' },
          },
        ],
      },
      {
        files: {
          'package.json': packages(0),
          'examples/demo/package.json': packages(30),
          'README.md': '# a\n',
          '.github/dependabot.yml': DEPENDABOT_NPM,
        },
      },
    ],
  },

  *check({ files, documents, manifests, commits, workflows }): CheckOutput {
    const counts = new Map<ManifestFact['ecosystem'], number>();
    for (const manifest of manifests) {
      const role = classifyPath(manifest.path);
      if (NOT_SHIPPED.test(manifest.path) || role === 'fixture' || role === 'vendored' || role === 'test') continue;
      counts.set(manifest.ecosystem, (counts.get(manifest.ecosystem) ?? 0) + manifest.dependencies.length);
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const configured = files.find((file) => CONFIGURATION.test(file.path))?.path ?? null;
    if (total === 0 && configured === null) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const updates = commits.filter(isUpdate).length;
    const metrics = { direct_dependencies: total, update_bot_changes: updates };
    const isScheduled = workflows.some(
      ({ path, name, triggers }) =>
        triggers.includes('schedule') && OWN_UPDATE.test(`${name ?? ''} ${baseName(path).replaceAll('-', ' ')}`),
    );
    if (isScheduled) return { value: 1, metrics };
    if (configured === null && updates === 0) {
      const severity = total > MANY ? 'high' : 'low';
      yield { messageId: 'none', data: { count: total }, severity, anchor: 'none' };
      return { value: total > MANY ? 0 : 0.5, metrics };
    }
    if (configured === null || !/^dependabot/i.test(baseName(configured))) return { value: 1, metrics };

    const text = documents.find(({ path }) => path === configured)?.text ?? null;
    const named =
      text === null ? '' : [...text.matchAll(/package-ecosystem:\s*["']?([\w-]+)/g)].map((match) => match[1]).join(' ');
    const uncovered =
      named === ''
        ? []
        : [...counts].filter(([ecosystem, count]) => count >= FEW && !DEPENDABOT[ecosystem].test(named));
    const hasRenovate = files.some((file) => /renovate/i.test(baseName(file.path)) && CONFIGURATION.test(file.path));
    if (hasRenovate) return { value: 1, metrics };
    for (const [ecosystem, count] of uncovered) {
      const location = { path: configured, line: 1 };
      yield { messageId: 'uncovered', data: { ecosystem, count }, location, severity: 'low', anchor: ecosystem };
    }
    const missed = uncovered.reduce((sum, [, count]) => sum + count, 0);
    return { value: 1 - missed / Math.max(1, total) / 2, metrics };
  },
});
