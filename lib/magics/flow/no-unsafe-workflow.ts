import { z } from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts';
import type { Location, RawFinding } from '../types';

/** Values that anyone who opens an issue or a pull request chooses. */
const UNTRUSTED =
  /\$\{\{[^}]*?\b(?<value>github\.head_ref|github\.event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|workflow_run\.(?:head_branch|head_commit\.(?:message|author\.(?:name|email)))|head_commit\.(?:message|author\.(?:name|email))|pages\.[^}\s]*?\.page_name|commits\.[^}\s]*?\.(?:message|author\.(?:name|email))))[^}]*\}\}/;
/** Functions whose result is not the text itself. */
const COMPARED = /\$\{\{\s*(?:!?\s*(?:contains|startsWith|endsWith|hashFiles)\(|[^}]*?[=!]=)/;
/** Triggers that run with the repository's own token and secrets although strangers can cause them. */
const PRIVILEGED = new Set([
  'pull_request_target',
  'issues',
  'issue_comment',
  'workflow_run',
  'discussion',
  'discussion_comment',
]);
const PULL_REQUEST_HEAD =
  /github\.event\.pull_request\.head\.(?:sha|ref|label)|github\.head_ref|refs\/pull\/|github\.event\.workflow_run\.head_(?:sha|branch|commit)/;
const PINNED = /@(?:[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64})$/i;
/** The forge's own actions come from where the workflow itself runs. */
const FIRST_PARTY = /^(?:actions|github)\//i;
const GUARDED = /author_association|\.label|environment|permission|repository ==|\.fork\b|actor ==/;

/** An unpinned action is one step away from harm, the others are harm. */
const UNPINNED_WEIGHT = 0.25;

const placeOf = (workflow: WorkflowFact, line: number): { location: Location } => ({
  location: { path: workflow.path, line },
});

function checksOutHead(step: WorkflowStepFact): boolean {
  const isCheckout = /^actions\/checkout@/i.test(step.uses ?? '');
  return isCheckout && step.inputs.some((input) => /^(?:ref|repository)=/.test(input) && PULL_REQUEST_HEAD.test(input));
}

function* untrustedCheckouts(workflow: WorkflowFact, job: WorkflowJobFact): Generator<RawFinding> {
  if (!workflow.triggers.some((trigger) => trigger === 'pull_request_target' || trigger === 'workflow_run')) return;
  const at = job.steps.findIndex(checksOutHead);
  const step = job.steps[at];
  if (!step) return;
  const runsIt = job.steps.slice(at + 1).some((later) => later.run !== null || later.uses?.startsWith('./'));
  const isGuarded = GUARDED.test(`${job.condition ?? ''} ${step.condition ?? ''}`);
  yield {
    messageId: 'checkout',
    data: { job: job.id },
    ...placeOf(workflow, step.line),
    severity: runsIt && !isGuarded ? 'critical' : 'high',
    confidence: isGuarded ? 0.6 : 0.9,
    anchor: `checkout ${job.id}`,
  };
}

function* injections(workflow: WorkflowFact, job: WorkflowJobFact): Generator<RawFinding> {
  const isStrangers = workflow.triggers.some((trigger) => PRIVILEGED.has(trigger));
  const isPullRequest = workflow.triggers.some((trigger) => trigger.startsWith('pull_request'));
  for (const step of job.steps) {
    const isScript = /^actions\/github-script@/i.test(step.uses ?? '');
    const texts = isScript ? step.inputs.filter((input) => input.startsWith('script=')) : [step.run ?? ''];
    const match = texts.map((text) => UNTRUSTED.exec(text)).find((hit) => hit !== null);
    const value = match?.groups?.value;
    if (!match || !value || COMPARED.test(match[0])) continue;
    if (value === 'github.head_ref' && !isPullRequest) continue;
    yield {
      messageId: 'injection',
      data: { value },
      ...placeOf(workflow, step.line),
      severity: isStrangers ? 'critical' : 'high',
      evidence: match[0],
      anchor: `injection ${job.id} ${value}`,
    };
  }
}

function* writeAll(workflow: WorkflowFact): Generator<RawFinding> {
  if (workflow.permissions?.includes('write-all')) {
    yield { messageId: 'token', ...placeOf(workflow, 1), severity: 'high', anchor: 'token' };
  }
  for (const job of workflow.jobs) {
    if (!job.permissions?.includes('write-all')) continue;
    yield { messageId: 'token', ...placeOf(workflow, job.line), severity: 'high', anchor: `token ${job.id}` };
  }
}

function unpinned(workflows: readonly WorkflowFact[]): Map<string, Location[]> {
  const places = new Map<string, Location[]>();
  for (const workflow of workflows) {
    for (const step of workflow.jobs.flatMap((job) => job.steps)) {
      const uses = step.uses;
      if (!uses || PINNED.test(uses) || uses.startsWith('.') || uses.includes('$')) continue;
      const isAction = /^[\w.-]+\/[\w./-]+@\S+$/.test(uses) && !FIRST_PARTY.test(uses);
      if (!isAction && !uses.startsWith('docker://')) continue;
      places.set(uses, [...(places.get(uses) ?? []), { path: workflow.path, line: step.line }]);
    }
  }
  return places;
}

const SHA = '0123456789abcdef0123456789abcdef01234567';
const workflow = (on: string, steps: string, top = '') =>
  `name: ci\non: ${on}\n${top}jobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

export const noUnsafeWorkflow = defineRule({
  id: 'flow/no-unsafe-workflow',
  catalogue: 'FLW-09',
  group: 'gate',
  severity: 'medium',
  needs: ['workflows', 'files'],
  limits: { per: 'measure', good: 0, bad: 5 },
  effort: 'trivial',
  references: [
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#dangerous-workflow',
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    'https://securitylab.github.com/resources/github-actions-untrusted-input/',
    'https://docs.zizmor.sh/audits/',
  ],
  tags: ['CWE-94', 'CWE-829', 'CWE-250', 'SLSA', 'NIST SSDF PO.5', 'OSPS-BR-01'],
  options: z.object({ trusted: z.array(z.string().max(100)).max(100).default([]) }),

  title: { en: 'Workflows are safe to run', ja: 'ワークフローを安全に動かす' },
  why: {
    en: 'A workflow runs with the repository’s token: who controls a step controls the release.',
    ja: 'ワークフローはリポジトリのトークンで動きます。手順を操れる人は、リリースも操れます。',
  },
  fix: {
    en: 'Pass untrusted values through env, do not check out a pull request where secrets are, state least permissions, pin actions to a commit.',
    ja: '信頼できない値は env で渡し、秘密情報のある所でプルリクエストを取り出さず、権限は最小限にし、アクションはコミットで固定してください。',
  },
  messages: {
    checkout: {
      en: 'Job “{job}” checks out code of a pull request while it holds the repository’s token and secrets.',
      ja: 'ジョブ「{job}」は、リポジトリのトークンと秘密情報を持ったままプルリクエストのコードを取り出します。',
    },
    injection: {
      en: '“{value}” is text a stranger chooses; here it becomes part of the script.',
      ja: '「{value}」は外部の人が決める文字列ですが、ここではスクリプトの一部になります。',
    },
    token: { en: 'The token may write to everything.', ja: 'トークンにすべての書き込み権限があります。' },
    unpinned: {
      en: '“{uses}” is not pinned to a commit: its owner can change what runs here. Steps that use it: {count}.',
      ja: '「{uses}」がコミットで固定されていません。所有者が実行内容を変えられます（{count}か所）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          '.github/workflows/greet.yml': workflow('issues', `      - run: echo "\${{ github.event.issue.title }}"\n`),
        },
      },
      {
        files: {
          '.github/workflows/pr.yml': workflow(
            'pull_request_target',
            `      - uses: actions/checkout@v4\n        with:\n          ref: \${{ github.event.pull_request.head.sha }}\n      - run: npm test\n`,
          ),
        },
      },
      { files: { '.github/workflows/公開.yml': workflow('push', '      - run: make\n', 'permissions: write-all\n') } },
      { files: { '.github/workflows/ci.yml': workflow('push', '      - uses: someone/deploy@v2\n') } },
      {
        files: {
          '.github/workflows/script.yml': workflow(
            'pull_request',
            `      - uses: actions/github-script@v7\n        with:\n          script: console.log("\${{ github.head_ref }}")\n`,
          ),
        },
      },
    ],
    good: [
      {
        files: {
          '.github/workflows/greet.yml': workflow(
            'issues',
            `      - env:\n          TITLE: \${{ github.event.issue.title }}\n        run: echo "$TITLE \${{ github.event.issue.number }}"\n`,
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            'pull_request',
            `      - uses: actions/checkout@v4\n        with:\n          ref: \${{ github.event.pull_request.head.sha }}\n      - uses: someone/deploy@${SHA}\n`,
            'permissions: read-all\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/label.yml': workflow(
            'pull_request_target',
            '      - uses: actions/labeler@v5\n      - uses: ./.github/actions/検査\n',
            'permissions:\n  pull-requests: write\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/ci.yml': workflow(
            'pull_request',
            `      - run: echo \${{ contains(github.event.pull_request.title, 'docs') }}\n`,
          ),
        },
      },
      {
        files: { '.github/workflows/ci.yml': workflow('push', '      - uses: our-company/deploy@v2\n') },
        options: { trusted: ['our-company'] },
      },
    ],
  },

  *check({ workflows, files }, { trusted }): CheckOutput {
    const github = workflows.filter((workflow) => workflow.provider === 'github');
    let weight = 0;
    for (const workflow of github) {
      for (const finding of [
        ...writeAll(workflow),
        ...workflow.jobs.flatMap((job) => [...untrustedCheckouts(workflow, job), ...injections(workflow, job)]),
      ]) {
        weight += 1;
        yield finding;
      }
    }
    let actions = 0;
    for (const [uses, places] of unpinned(github)) {
      const [location, ...related] = places;
      const own = uses.replace(/@.*$/, '').split('/').slice(2).join('/');
      const isOwn = own.startsWith('.github/') && files.some((file) => file.path.startsWith(own));
      if (!location || isOwn || trusted.some((owner) => uses.startsWith(`${owner}/`))) continue;
      weight += UNPINNED_WEIGHT;
      actions += 1;
      yield { messageId: 'unpinned', data: { uses, count: places.length }, location, related, anchor: uses };
    }
    return { value: weight, metrics: { unpinned_actions: actions } };
  },
});
