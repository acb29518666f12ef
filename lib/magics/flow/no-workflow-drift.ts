import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { WorkflowFact } from '../facts/project';
import type { Location, RawFinding } from '../types';
import { type Retirement, retiredAction, retiredCommand, retiredRunner } from './retired';
import { missingPaths, treeOf } from './workflow-paths';

/** A run-time that the host replaces is a warning; a path that is gone is a failure. */
const LIGHT_WEIGHT = 0.25;

interface Use {
  uses: string;
  retirement: Retirement & { isBroken: boolean };
  places: Location[];
}

function retiredUses(workflows: readonly WorkflowFact[], now: number): Use[] {
  const found = new Map<string, Use>();
  for (const { path, provider, jobs } of workflows) {
    if (provider !== 'github') continue;
    for (const { uses, line } of jobs.flatMap((job) => job.steps)) {
      const retirement = uses === null ? null : retiredAction(uses);
      if (uses === null || !retirement || retirement.since > now) continue;
      const use = found.get(uses) ?? { uses, retirement, places: [] };
      use.places.push({ path, line });
      found.set(uses, use);
    }
  }
  return [...found.values()];
}

function* retiredRunners(workflow: WorkflowFact, now: number): Generator<RawFinding> {
  if (workflow.provider !== 'github' && workflow.provider !== 'azure') return;
  for (const job of workflow.jobs) {
    if (job.runners.some((label) => label === 'self-hosted')) continue;
    for (const runner of job.runners) {
      const retirement = retiredRunner(runner);
      if (!retirement || retirement.since > now) continue;
      yield {
        messageId: 'runner',
        data: { runner, instead: retirement.instead },
        location: { path: workflow.path, line: job.line },
        anchor: `runner ${job.id} ${runner}`,
      };
    }
  }
}

const AT = '2025-08-01T00:00:00Z';
const workflow = (steps: string, runner = 'ubuntu-latest') =>
  `name: ci\non: push\njobs:\n  check:\n    runs-on: ${runner}\n    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const repository = (files: Record<string, string>, at = AT) => ({ commits: [{ message: 'Start', at, files }] });

export const noWorkflowDrift = defineRule({
  id: 'flow/no-workflow-drift',
  catalogue: 'FLW-18',
  group: 'gate',
  severity: 'medium',
  confidence: 0.9,
  needs: ['workflows', 'files', 'manifests'],
  limits: { per: 'measure', good: 0, bad: 5 },
  effort: 'trivial',
  references: [
    'https://github.com/rhysd/actionlint/blob/main/docs/checks.md',
    'https://github.com/actions/runner-images#available-images',
    'https://github.blog/changelog/label/deprecation/',
  ],
  tags: ['ISO27001 A.8.32', 'NIST SSDF PO.3', 'CWE-1104'],
  options: z.object({}),

  title: { en: 'Workflows match what exists', ja: 'ワークフローを実物と一致させる' },
  why: {
    en: 'A workflow that calls a missing script or a retired machine fails the day it is needed, or is never started.',
    ja: '存在しないスクリプトや提供の終わった実行環境を使うワークフローは、必要なときに失敗します。',
  },
  fix: {
    en: 'Correct the path or remove the step, and move to machines and actions that are still served.',
    ja: 'パスを直すか手順を消し、提供が続いている実行環境とアクションに移してください。',
  },
  messages: {
    script: { en: 'The script “{path}” does not exist.', ja: 'スクリプト「{path}」がありません。' },
    action: { en: 'No action is defined in “{path}”.', ja: '「{path}」にアクションの定義がありません。' },
    workflow: { en: 'The workflow “{path}” does not exist.', ja: 'ワークフロー「{path}」がありません。' },
    directory: { en: 'The directory “{path}” does not exist.', ja: 'ディレクトリ「{path}」がありません。' },
    command: {
      en: 'package.json has no script “{path}”.',
      ja: 'package.json に「{path}」というスクリプトがありません。',
    },
    runner: {
      en: 'Machines “{runner}” are no longer served; “{instead}” is.',
      ja: '実行環境「{runner}」の提供は終わっています。「{instead}」などに移してください。',
    },
    retired: {
      en: '“{uses}” is retired; use {instead}.',
      ja: '「{uses}」は廃止されています。{instead} を使ってください。',
    },
    runtime: {
      en: '“{uses}” asks for a run-time that is no longer served; {instead} does not.',
      ja: '「{uses}」は提供の終わった実行系を必要とします。{instead} 以降に更新してください。',
    },
    'deprecated-command': {
      en: 'The command “::{command}” is deprecated; write to the file that {instead} names.',
      ja: 'コマンド「::{command}」は非推奨です。環境変数 {instead} が示すファイルに書き込んでください。',
    },
    'retired-command': {
      en: 'The command “::{command}” is retired; write to the file that {instead} names.',
      ja: 'コマンド「::{command}」は廃止されています。環境変数 {instead} が示すファイルに書き込んでください。',
    },
  },
  examples: {
    bad: [
      repository({
        '.github/workflows/ci.yml': workflow('      - run: ./scripts/check.sh\n'),
        'scripts/build.sh': '#!/bin/sh\nmake\n',
      }),
      repository({ '.github/workflows/ci.yml': workflow('      - run: make\n', 'ubuntu-20.04') }),
      repository({
        '.github/workflows/ci.yml': workflow('      - uses: ./.github/actions/準備\n      - uses: actions/cache@v2\n'),
      }),
      repository({
        '.github/workflows/ci.yml': workflow('      - run: npm ci\n      - run: npm run verify\n'),
        'package.json': '{ "name": "a", "scripts": { "check": "tsc" } }',
      }),
      repository({
        '.github/workflows/ci.yml': workflow("      - run: echo '::set-output name=a::b'\n"),
        'azure-pipelines.yml': 'pool: {vmImage: windows-2019}\nsteps: [{script: python tools/run.py}]\n',
      }),
      repository({
        '.github/workflows/ci.yml': workflow('      - run: make\n        working-directory: services/api\n'),
      }),
    ],
    good: [
      repository({
        '.github/workflows/ci.yml': workflow(
          '      - run: ./scripts/check.sh\n      - run: python test.py\n        working-directory: api\n      - uses: ./.github/actions/準備\n',
        ),
        '.github/actions/準備/action.yml': 'name: a\nruns: {using: composite, steps: []}\n',
        'scripts/check.sh': '#!/bin/sh\nmake\n',
        'api/test.py': 'a = 1\n',
      }),
      repository({
        '.github/workflows/ci.yml': workflow(
          '      - run: |\n          curl -sSO https://example.org/install.sh\n          bash install.sh\n      - run: cd tools && ./run.sh\n      - run: bash dist/start.sh\n      - run: python $HOME/run.py\n',
        ),
      }),
      repository({
        '.github/workflows/ci.yml': workflow(
          '      - uses: actions/checkout@v5\n        with: {repository: other/tools, path: tools}\n      - run: ./tools/run.sh\n      - uses: ./tools/action\n',
        ),
      }),
      repository(
        { '.github/workflows/ci.yml': workflow('      - uses: actions/upload-artifact@v3\n', 'ubuntu-20.04') },
        '2024-05-01T00:00:00Z',
      ),
      repository({
        '.github/workflows/ci.yml': workflow(
          '      - run: npm run check\n      - run: npm run lint --if-present\n      - run: npm run test --workspace ui\n',
          '[self-hosted, ubuntu-20.04]',
        ),
        'package.json': '{ "name": "a", "scripts": { "check": "tsc" } }',
      }),
    ],
  },

  *check({ workflows, files, manifests, now }): CheckOutput {
    const tree = treeOf(files);
    let weight = 0;
    for (const workflow of workflows) {
      for (const finding of retiredRunners(workflow, now)) {
        weight += 1;
        yield finding;
      }
      for (const job of workflow.jobs) {
        for (const step of job.steps) {
          const location = { path: workflow.path, line: step.line };
          for (const { form, path } of missingPaths({ workflow, job, step }, tree, manifests)) {
            weight += 1;
            yield { messageId: form, data: { path }, location, anchor: `${form} ${job.id} ${path}` };
          }
          const retired = step.run !== null && workflow.provider === 'github' ? retiredCommand(step.run) : null;
          if (!retired) continue;
          weight += retired.isBroken ? 1 : LIGHT_WEIGHT;
          const { command, instead } = retired;
          const severity = retired.isBroken ? 'medium' : 'low';
          yield {
            messageId: retired.isBroken ? 'retired-command' : 'deprecated-command',
            data: { command, instead },
            location,
            severity,
            anchor: `${job.id} ${command}`,
          };
        }
      }
    }
    for (const { uses, retirement, places } of retiredUses(workflows, now)) {
      const [location, ...related] = places;
      weight += retirement.isBroken ? 1 : LIGHT_WEIGHT;
      yield {
        messageId: retirement.isBroken ? 'retired' : 'runtime',
        data: { uses, instead: retirement.instead },
        location,
        related,
        severity: retirement.isBroken ? 'medium' : 'low',
        anchor: uses,
      };
    }
    return { value: weight };
  },
});
