import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts/project';
import { baseName } from '../paths';
import type { RawFinding, Severity } from '../types';
import { type Gate, gatesOfStep, scriptsOf } from './gates';
import { BINDING, bindingGate, checkOf, gateCommands, neutralisedCommands } from './neutralised';

/** Jobs that say they only inform: nightly tool chains, allowed failures. */
const INFORMING =
  /nightly|auto-?fix|experiment|allow(?:ed)?[-_ ]?(?:to[-_ ]?)?fail|optional|canary|unstable|\bbeta\b|advisory|informational|non[-_ ]?blocking|draft|bleeding|upstream|next-version|report[-_ ]only|alternative|\bdev(?:el)?\b|\bmaster\b|\bhead\b|latest/i;
/** What names of files say of a whole workflow: a file may be called after the branch it is about. */
const INFORMING_FILE =
  /nightly|experiment|allow(?:ed)?[-_]?fail|optional|canary|unstable|advisory|informational|non[-_]?blocking|report[-_]only|alternative/i;
/** Workflows that judge a change, those of other providers aside. */
const JUDGING = /^(?:push|pull_request|pull_request_target|merge_group|workflow_call)$/;
/** A later step turns the result into a verdict, or hands it to code scanning. */
const VERDICT_LATER = /\.(?:outcome|conclusion)\b|failure\(\)/;
const UPLOAD = /upload-sarif|publish-unit-test|test-reporter|junit/i;
const NEVER = /^(?:\$\{\{\s*)?false(?:\s*\}\})?$/;

type Scripts = ReadonlyMap<string, string>;

/** A check that binds elsewhere is not lost. */
function severityOf(gate: Gate, checks: readonly string[], binding: ReadonlySet<string>): Severity {
  if (checks.length > 0 && checks.every((check) => binding.has(check))) return 'medium';
  return gate === 'lint' ? 'high' : 'critical';
}

/** The checks of a step, as `checkOf` names commands and by the action. */
function checksOf(step: WorkflowStepFact, scripts: Scripts): string[] {
  if (step.run) return gateCommands(step.run, scripts).map(checkOf);
  return step.uses && bindingGateOf(step, scripts) ? [step.uses.replace(/@.*$/, '')] : [];
}

const isOff = ({ condition }: { condition: string | null }) => condition !== null && NEVER.test(condition.trim());

/** Checks that can fail a change somewhere. */
function bindingChecks(workflows: readonly WorkflowFact[], scripts: Scripts): ReadonlySet<string> {
  const jobs = workflows
    .filter((workflow) => !isInformingWorkflow(workflow))
    .filter(({ provider, triggers }) => provider !== 'github' || triggers.some((trigger) => JUDGING.test(trigger)))
    .flatMap((workflow) => workflow.jobs)
    .filter((job) => !job.isErrorIgnored && !isOff(job) && !isInforming(job, null));
  const steps = jobs.flatMap((job) => job.steps).filter((step) => !step.isErrorIgnored && !isOff(step));
  return new Set(
    steps.flatMap((step) => {
      const lost = step.run ? neutralisedCommands(step.run, scripts).map(({ text }) => checkOf(text)) : [];
      return checksOf(step, scripts).filter((check) => !lost.includes(check));
    }),
  );
}

function isInformingWorkflow({ name, path }: WorkflowFact): boolean {
  return INFORMING.test(name ?? '') || INFORMING_FILE.test(baseName(path));
}

function bindingGateOf(step: WorkflowStepFact, scripts: Scripts): Gate | null {
  if (step.run) return bindingGate(step.run, scripts);
  if (/codecov|coveralls|test-reporter|publish-unit|junit|upload|setup-/i.test(step.uses ?? '')) return null;
  const gates = gatesOfStep(step, scripts).filter((gate) => BINDING.has(gate));
  return gates.find((gate) => gate === 'security') ?? gates[0] ?? null;
}

function isInforming(job: WorkflowJobFact, step: WorkflowStepFact | null): boolean {
  return [job.id, step?.name ?? ''].some((name) => INFORMING.test(name));
}

function* checkStep(
  workflow: WorkflowFact,
  job: WorkflowJobFact,
  step: WorkflowStepFact,
  scripts: Scripts,
  binding: ReadonlySet<string>,
): Generator<RawFinding> {
  const place = { location: { path: workflow.path, line: step.line } };
  const label = step.name ?? step.uses ?? step.run?.split('\n')[0]?.slice(0, 60) ?? job.id;
  const gate = bindingGateOf(step, scripts);
  const laterSteps = job.steps.filter((other) => other !== step);
  const isJudgedLater = laterSteps.some(
    (other) => VERDICT_LATER.test(`${other.condition ?? ''} ${other.run ?? ''}`) || UPLOAD.test(other.uses ?? ''),
  );
  const ownSeverity = (of: Gate) => severityOf(of, checksOf(step, scripts), binding);
  const anchor = (form: string) => `${form} ${job.id} ${label}`;

  if (gate && step.isErrorIgnored && !isJudgedLater) {
    const data = { step: label, gate };
    yield { messageId: 'ignored', data, ...place, severity: ownSeverity(gate), anchor: anchor('ignored') };
  }
  if (gate && isOff(step)) {
    const data = { step: label, gate };
    yield { messageId: 'off', data, ...place, severity: ownSeverity(gate), anchor: anchor('off') };
  }
  if (!step.run || isJudgedLater) return;
  for (const { form, gate: hit, text } of neutralisedCommands(step.run, scripts)) {
    yield {
      messageId: form,
      data: { gate: hit },
      ...place,
      severity: severityOf(hit, [checkOf(text)], binding),
      evidence: text,
      anchor: `${form} ${job.id} ${text}`,
    };
  }
}

const workflow = (steps: string, job = '') =>
  `name: ci\non: [push, pull_request]\njobs:\n  check:\n    runs-on: ubuntu-latest\n${job}    steps:\n${steps}`;

export const noNeutralisedGate = defineRule({
  id: 'flow/no-neutralised-gate',
  catalogue: 'FLW-06',
  group: 'gate',
  severity: 'high',
  upTo: 'critical',
  needs: ['workflows', 'manifests'],
  limits: { per: 'sites', good: 0, bad: 1 },
  effort: 'moderate',
  references: [
    'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error',
    'https://docs.gitlab.com/ci/yaml/#allow_failure',
  ],
  tags: ['NIST SSDF PO.4', 'ISO27001 A.8.29', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Gates can fail', ja: 'ゲートを無効にしない' },
  why: {
    en: 'A gate that cannot fail is green for broken code too: people trust a check that checks nothing.',
    ja: '失敗できないゲートは、壊れたコードでも成功と表示します。何も検査しない検査を信じることになります。',
  },
  fix: {
    en: 'Let the command fail the job; move checks that only inform to a job of their own that says so.',
    ja: 'コマンドの失敗でジョブを失敗させてください。参考のための検査は、そうと分かる別のジョブに分けます。',
  },
  messages: {
    ignored: {
      en: '“{step}” ({gate}) may fail without failing the pipeline.',
      ja: '「{step}」（{gate}）が失敗しても、パイプラインは失敗しません。',
    },
    job: {
      en: 'Job “{job}” ({gate}) may fail without failing the pipeline.',
      ja: 'ジョブ「{job}」（{gate}）が失敗しても、パイプラインは失敗しません。',
    },
    off: { en: '“{step}” ({gate}) is switched off.', ja: '「{step}」（{gate}）は無効にされています。' },
    'or-true': {
      en: 'The exit code of this {gate} command is thrown away.',
      ja: 'この {gate} コマンドの終了コードが捨てられています。',
    },
    'ignored-exit': {
      en: 'After “set +e” the exit code of this {gate} command is never looked at.',
      ja: '「set +e」の後、この {gate} コマンドの終了コードが確認されていません。',
    },
  },
  examples: {
    bad: [
      { files: { '.github/workflows/ci.yml': workflow('      - run: npm test || true\n') } },
      {
        files: { '.github/workflows/ci.yml': workflow('      - run: npx eslint .\n        continue-on-error: true\n') },
      },
      { files: { '.github/workflows/ci.yml': workflow('      - run: pytest\n', '    continue-on-error: true\n') } },
      { files: { '.gitlab-ci.yml': 'テスト:\n  script:\n    - go test ./...\n  allow_failure: true\n' } },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            '      - run: |\n          set +e\n          cargo test\n          echo done\n',
          ),
        },
      },
    ],
    good: [
      {
        files: { '.github/workflows/ci.yml': workflow('      - run: npm test\n      - run: docker rm old || true\n') },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            '      - run: |\n          set +e\n          npm test\n          code=$?\n          tar czf logs.tgz logs\n          exit $code\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            "      - id: t\n        run: npm test\n        continue-on-error: true\n      - run: ./report.sh\n      - if: steps.t.outcome == 'failure'\n        run: exit 1\n",
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            '      - uses: codecov/codecov-action@v4\n        continue-on-error: true\n',
          ),
          '.github/workflows/nightly.yml':
            'name: n\non: push\njobs:\n  nightly:\n    runs-on: ubuntu-latest\n    continue-on-error: true\n    steps:\n      - run: cargo test\n',
        },
      },
      { files: { '.github/workflows/ci.yml': workflow('      - run: npx eslint --fix . || true\n') } },
      {
        files: {
          '.github/workflows/ci-alternative-runtime.yml': workflow(
            '      - run: npm test\n',
            '    continue-on-error: true\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            '      - run: |\n          npx clang-format -i a.c\n          git commit -am "clang-format and clang-tidy fixes" || true\n',
          ),
          '.github/workflows/autofix.yml':
            'name: autofix.ci\non: push\njobs:\n  mend:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint-fix:js\n        continue-on-error: true\n',
        },
      },
    ],
  },

  *check({ workflows, manifests }): CheckOutput {
    const scripts = scriptsOf(manifests);
    const binding = bindingChecks(workflows, scripts);
    for (const workflow of workflows) {
      if (isInformingWorkflow(workflow)) continue;
      for (const job of workflow.jobs) {
        if (isInforming(job, null)) continue;
        const gate = job.steps.map((step) => bindingGateOf(step, scripts)).find((each) => each !== null);
        if (gate && (job.isErrorIgnored || isOff(job))) {
          const checks = job.steps.flatMap((step) => checksOf(step, scripts));
          yield {
            messageId: job.isErrorIgnored ? 'job' : 'off',
            data: { job: job.id, step: job.id, gate },
            location: { path: workflow.path, line: job.line },
            severity: severityOf(gate, checks, binding),
            anchor: `job ${job.id}`,
          };
          continue;
        }
        for (const step of job.steps) {
          if (!isInforming(job, step)) yield* checkStep(workflow, job, step, scripts, binding);
        }
      }
    }
  },
});
