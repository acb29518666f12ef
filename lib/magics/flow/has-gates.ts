import * as z from 'zod';
import { defineRule } from '../define';
import type { WorkflowFact } from '../facts/project';
import type { Severity } from '../types';
import { GATES, type Gate, gatesOfWorkflow, scriptsOf } from './gates';

const WEIGHTS: Record<Gate, number> = { tests: 35, lint: 20, security: 25, performance: 10, docs: 10 };
const TOTAL = 100;

/** Not every product needs a benchmark or a documentation build. */
const SEVERITIES: Record<Gate, Severity> = {
  tests: 'medium',
  lint: 'medium',
  security: 'medium',
  performance: 'info',
  docs: 'info',
};

const DOCS_SERVICE = /^\.?readthedocs\.ya?ml$/;
const SECURITY_SERVICE = /^(?:\.snyk|sonar-project\.properties|\.lgtm\.yml|\.clusterfuzzlite\/.+)$/;
/** Run by a service that needs no workflow. */
const LINT_SERVICE = /^(?:\.pre-commit-config\.ya?ml)$/;

/** A called workflow of another repository; those that publish hold no gate. */
const CALLED = /^[\w.-]{1,100}\/[\w.-]{1,100}\/\.github\/workflows\/(?<file>[\w.-]{1,100})(?:@|$)/;
const NO_GATE = /releas|publish|deploy|slsa|label|stale|lock|merge|sync|backport|notif/i;

/** Where gates may run that this repository does not show. */
function unreadWorkflows(workflows: readonly WorkflowFact[]): ReadonlySet<string> {
  const uses = workflows.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? [])));
  return new Set(uses.filter(mayHoldGates));
}

function mayHoldGates(uses: string): boolean {
  const file = CALLED.exec(uses)?.groups?.file;
  return file !== undefined && !NO_GATE.test(file);
}

const workflow = (...commands: string[]) =>
  `name: ci\non: [push, pull_request]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${commands.map((command) => `      - run: ${command}\n`).join('')}`;

export const hasGates = defineRule({
  id: 'flow/has-gates',
  catalogue: 'FLW-05',
  group: 'gate',
  severity: 'medium',
  confidence: 0.85,
  needs: ['workflows', 'manifests', 'files'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: [
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#sast',
    'https://csrc.nist.gov/pubs/sp/800/218/final',
  ],
  tags: [
    'NIST SSDF PW.7',
    'NIST SSDF PW.8',
    'ISO27001 A.8.29',
    'SOC2 CC7.1',
    'PCI DSS 6.3',
    'HIPAA 164.308(a)(8)',
    'GDPR 25(1)',
    'GDPR 32(1)(d)',
  ],
  options: z.object({
    gates: z
      .array(z.enum(GATES))
      .min(1)
      .default([...GATES]),
  }),

  title: { en: 'The five gates run', ja: '5つのゲートを動かす' },
  why: {
    en: 'Tests, static checks, security scans, benchmarks and documentation builds each stop another kind of defect.',
    ja: 'テスト、静的検査、セキュリティ検査、性能測定、文書のビルドは、それぞれ別の種類の不具合を止めます。',
  },
  fix: {
    en: 'Add a step to the pipeline for each gate that is missing.',
    ja: '足りないゲートごとに、パイプラインへ手順を追加してください。',
  },
  messages: {
    unread: {
      en: 'what this repository holds does not run {gates}, and {count} {count|workflow|workflows} of other repositories that it calls {count|was|were} not read',
      ja: 'このリポジトリのパイプラインには {gates} がなく、呼び出している他リポジトリのワークフロー{count}件は読み取れません',
    },
    tests: { en: 'No pipeline runs tests.', ja: 'テストを実行するパイプラインがありません。' },
    lint: {
      en: 'No pipeline runs a linter, a formatter check or a type check.',
      ja: 'リンター、整形の検査、型検査を実行するパイプラインがありません。',
    },
    security: {
      en: 'No pipeline scans code, dependencies or secrets.',
      ja: 'コード、依存物、秘密情報を検査するパイプラインがありません。',
    },
    performance: { en: 'No pipeline measures performance.', ja: '性能を測るパイプラインがありません。' },
    docs: {
      en: 'No pipeline builds the documentation or checks its links.',
      ja: '文書のビルドやリンク検査を行うパイプラインがありません。',
    },
  },
  examples: {
    bad: [
      { files: { '.github/workflows/ci.yml': workflow('npm ci', 'npm test') } },
      { files: { 'src/計算.ts': 'export {};\n' } },
      { files: { '.gitlab-ci.yml': 'test:\n  script:\n    - pip install ruff bandit mkdocs k6\n    - pytest\n' } },
    ],
    good: [
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            'npm test',
            'npx eslint .',
            'npm audit --audit-level=high',
            'npm run bench',
            'npx typedoc',
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow('npm run verify', 'npm run size', 'npm run docs:build').concat(
            '      - uses: github/codeql-action/analyze@v3\n',
          ),
          'package.json': '{ "name": "a", "scripts": { "verify": "tsc && vitest run" } }',
        },
      },
      {
        files: {
          '.gitlab-ci.yml':
            'test:\n  script:\n    - cargo test\n    - cargo clippy\n    - cargo deny check\n    - cargo bench\n    - cargo doc\n',
        },
      },
      { files: { '.github/workflows/ci.yml': workflow('go test ./...') }, options: { gates: ['tests'] } },
    ],
  },

  *check({ workflows, manifests, files }, { gates }) {
    const scripts = scriptsOf(manifests);
    const running = new Set(workflows.flatMap((each) => gatesOfWorkflow(each, scripts)));
    if (files.some((file) => DOCS_SERVICE.test(file.path))) running.add('docs');
    if (files.some((file) => SECURITY_SERVICE.test(file.path))) running.add('security');
    if (files.some((file) => LINT_SERVICE.test(file.path))) running.add('lint');
    const asked = GATES.filter((gate) => gates.includes(gate));
    const sum = (some: readonly Gate[]) => some.reduce((total, gate) => total + WEIGHTS[gate], 0);
    const missing = asked.filter((gate) => !running.has(gate));
    const unread = unreadWorkflows(workflows).size;
    if (missing.length > 0 && unread > 0) {
      return { outcome: 'inconclusive', reason: 'unread', data: { count: unread, gates: missing.join(', ') } };
    }
    for (const gate of missing) yield { messageId: gate, severity: SEVERITIES[gate], anchor: gate };
    return {
      value: 1 - sum(missing) / (sum(asked) || TOTAL),
      metrics: { gates_running: asked.length - missing.length },
    };
  },
});
