import * as z from 'zod';
import { defineRule } from '../define';
import type { WorkflowFact } from '../facts/project';
import { isPipeline, scriptsOf } from './gates';

const ON_CHANGE = ['pull_request', 'pull_request_target', 'merge_group', 'merge_request'];
const SIDE_BRANCH = /^(?:release|hotfix|gh-pages|v?\d|stable|backport|renovate|dependabot)/i;

/** Elsewhere than on GitHub the server decides what starts a pipeline: both by default. */
function runsOnChange(workflow: WorkflowFact): boolean {
  return workflow.provider !== 'github' || workflow.triggers.some((trigger) => ON_CHANGE.includes(trigger));
}

function runsOnDefault(workflow: WorkflowFact): boolean {
  if (workflow.provider !== 'github' || workflow.triggers.includes('schedule')) return true;
  if (!workflow.triggers.includes('push')) return false;
  const branches = workflow.pushBranches.filter((branch) => !branch.startsWith('!'));
  return branches.length === 0 || branches.some((branch) => !SIDE_BRANCH.test(branch));
}

/** Workflows started by others run whenever their callers do. */
function withCallers(pipelines: readonly WorkflowFact[], all: readonly WorkflowFact[]): WorkflowFact[] {
  const isCalled = pipelines.some((workflow) => workflow.triggers.includes('workflow_call'));
  const calls = (workflow: WorkflowFact) =>
    workflow.jobs.some((job) => job.steps.some((step) => step.uses?.startsWith('./.github/workflows/')));
  return isCalled ? [...pipelines, ...all.filter(calls)] : [...pipelines];
}

const STEPS = '    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm test\n';

export const hasPipeline = defineRule({
  id: 'flow/has-pipeline',
  catalogue: 'FLW-04',
  group: 'gate',
  severity: 'high',
  needs: ['workflows', 'manifests'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#ci-tests'],
  tags: ['NIST SSDF PO.3', 'ISO27001 A.8.29', 'OSPS-QA-03'],
  options: z.object({}),

  title: { en: 'A pipeline checks every change', ja: 'すべての変更をパイプラインで検査する' },
  why: {
    en: 'What is not checked before and after the merge breaks on someone else’s machine.',
    ja: 'マージの前後で検査されない変更は、ほかの人の環境で壊れます。',
  },
  fix: {
    en: 'Add a CI workflow that builds and tests on pull requests and on the default branch.',
    ja: 'プルリクエストと既定ブランチの両方でビルドとテストを行う CI を追加してください。',
  },
  messages: {
    none: { en: 'No CI configuration checks this repository.', ja: 'このリポジトリを検査する CI 設定がありません。' },
    change: { en: 'CI does not run on pull requests.', ja: 'CI がプルリクエストで動きません。' },
    default: { en: 'CI does not run on the default branch.', ja: 'CI が既定ブランチで動きません。' },
  },
  examples: {
    bad: [
      { files: { 'src/a.ts': 'export {};\n', 'README.md': '# a\n' } },
      { files: { '.github/workflows/ci.yml': `name: ci\non: push\njobs:\n  test:\n${STEPS}` } },
      { files: { '.github/workflows/検査.yml': `name: 検査\non: [pull_request]\njobs:\n  test:\n${STEPS}` } },
      {
        files: {
          '.github/workflows/stale.yml':
            'name: stale\non: [push, pull_request]\njobs:\n  stale:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/stale@v9\n',
        },
      },
    ],
    good: [
      { files: { '.github/workflows/ci.yml': `name: ci\non: [push, pull_request]\njobs:\n  test:\n${STEPS}` } },
      {
        files: {
          '.github/workflows/pr.yml': `name: pr\non: pull_request\njobs:\n  test:\n${STEPS}`,
          '.github/workflows/main.yml': `name: main\non:\n  push:\n    branches: [main]\njobs:\n  test:\n${STEPS}`,
        },
      },
      { files: { '.gitlab-ci.yml': 'test:\n  script:\n    - make test\n' } },
      {
        files: {
          '.github/workflows/codeql.yml':
            'name: CodeQL\non: [push, pull_request]\njobs:\n  analyse:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: github/codeql-action/init@v3\n      - uses: github/codeql-action/analyze@v3\n',
        },
      },
      {
        files: {
          '.circleci/config.yml':
            'version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/go:1.22\n    steps:\n      - checkout\n      - run: go test ./...\n',
        },
      },
    ],
  },

  *check({ workflows, manifests }) {
    const scripts = scriptsOf(manifests);
    const pipelines = withCallers(
      workflows.filter((workflow) => isPipeline(workflow, scripts)),
      workflows,
    );
    if (pipelines.length === 0) {
      yield { messageId: 'none', anchor: 'none' };
      return { value: 0 };
    }
    const first = pipelines[0];
    const location = first ? { path: first.path, line: 1 } : undefined;
    const isOnChange = pipelines.some(runsOnChange);
    const isOnDefault = pipelines.some(runsOnDefault);
    if (!isOnChange) yield { messageId: 'change', severity: 'medium', location, anchor: 'change' };
    if (!isOnDefault) yield { messageId: 'default', severity: 'medium', location, anchor: 'default' };
    return { value: (isOnChange ? 0.5 : 0) + (isOnDefault ? 0.5 : 0), metrics: { pipelines: pipelines.length } };
  },
});
