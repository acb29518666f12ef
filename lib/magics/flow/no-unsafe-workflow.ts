import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts/project';
import type { Location, RawFinding } from '../types';
import { untrustedIn } from './workflow-expressions';

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
  /github\.event\.pull_request\.(?:head\.(?:sha|ref|label|repo\.full_name)|merge_commit_sha)|github\.head_ref|refs\/pull\/|github\.event\.workflow_run(?:\.(?:head_(?:sha|branch|commit|repository)|pull_requests)|\s*\}\})/;
const PINNED = /@(?:[0-9a-f]{40}|[0-9a-f]{64}|sha256:[0-9a-f]{64})$/i;
/** Their own check of what they build asks for the tag or the branch. */
const NAMED_BY_TAG =
  /^(?:slsa-framework\/slsa-github-generator\/\.github\/workflows\/[\w.-]+@v\d+\.\d+\.\d+|google\/oss-fuzz\/infra\/cifuzz\/actions\/\w+@master)$/;
/** The forge's own actions come from where the workflow itself runs. */
const FIRST_PARTY = /^(?:actions|github)\//i;
/** Whose repository this is, as conditions against runs in forks name it. */
const OWNER = /github\.repository(?:_owner)?\s*==\s*'(?<owner>[\w-]{1,39})(?:\/[\w.-]{1,100})?'/;
const GUARDED = /author_association|\.label|environment|permission|repository ==|\.fork\b|actor ==/;

/** What may change, or be misused once something else went wrong, is one step away from harm; the others are harm. */
const LIGHT_WEIGHT = 0.25;

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

/** Inputs that actions hand to a shell or an interpreter. */
const SCRIPT_INPUT = /^(?:script|inlineScript|run)=/;

function scriptsOfStep(step: WorkflowStepFact): string[] {
  return [step.run ?? '', ...step.inputs.filter((input) => SCRIPT_INPUT.test(input))];
}

function* injections(workflow: WorkflowFact, job: WorkflowJobFact): Generator<RawFinding> {
  const isStrangers = workflow.triggers.some((trigger) => PRIVILEGED.has(trigger));
  const knowsHead = workflow.triggers.some(
    (trigger) => trigger.startsWith('pull_request') || trigger === 'workflow_call',
  );
  for (const step of job.steps) {
    const seen = new Set<string>();
    for (const { value, text } of scriptsOfStep(step).flatMap(untrustedIn)) {
      // Without a pull request it is empty.
      if (seen.has(value) || (value === 'github.head_ref' && !knowsHead)) continue;
      seen.add(value);
      yield {
        messageId: 'injection',
        data: { value },
        ...placeOf(workflow, step.line),
        severity: isStrangers ? 'critical' : 'high',
        evidence: text,
        anchor: `injection ${job.id} ${value}`,
      };
    }
  }
}

/** Elsewhere values become text of the script before a shell sees them too. */
const MACROS: Partial<Record<WorkflowFact['provider'], RegExp>> = {
  azure: /\$\((?<value>Build\.SourceVersionMessage|System\.PullRequest\.SourceBranch)\)/i,
  circleci:
    /<<\s{0,5}(?<value>pipeline\.(?:git\.branch|trigger_parameters\.[\w.]{1,80}(?:message|title|branch)))\s{0,5}>>/,
};

function* macroInjections(workflow: WorkflowFact): Generator<RawFinding> {
  const macro = MACROS[workflow.provider];
  if (!macro) return;
  for (const job of workflow.jobs) {
    for (const step of job.steps) {
      const found = macro.exec(step.run ?? '');
      const value = found?.groups?.value;
      if (!found || value === undefined) continue;
      const anchor = `injection ${job.id} ${value}`;
      yield {
        messageId: 'injection',
        data: { value },
        ...placeOf(workflow, step.line),
        severity: 'medium',
        evidence: found[0],
        anchor,
      };
    }
  }
}

const UNSECURE = /^ACTIONS_ALLOW_UNSECURE_COMMANDS=(?:true|1)$/i;

/** Turns commands back on that any line of output can give. */
function* unsecureCommands(workflow: WorkflowFact): Generator<RawFinding> {
  for (const job of workflow.jobs) {
    const line = job.env.some((each) => UNSECURE.test(each))
      ? job.line
      : job.steps.find((step) => step.env.some((each) => UNSECURE.test(each)))?.line;
    if (line === undefined) continue;
    yield { messageId: 'commands', ...placeOf(workflow, line), severity: 'high', anchor: `commands ${job.id}` };
  }
}

const PIPED =
  /\b(?:curl|wget)\b[^\n|;&]{0,400}\|\s{0,5}(?:sudo\s{1,5}(?:-\w{1,5}\s{1,5})?)?(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|k)?sh|python3?|node|perl|ruby)\b|\b(?:ba|z)?sh\s{1,5}(?:-c\s{1,5}"\$\(|<\()\s{0,5}(?:curl|wget)\b|\|\s{0,5}(?:iex|Invoke-Expression)\b/i;
const MOVING_IMAGE = /^(?:[\w.-]{1,100}(?::\d{1,5})?\/)?[\w./-]{1,200}(?::latest)?$/;

const MAX_RUN = 16_000;
const SAVED =
  /\b(?:curl|wget)\b[^\n|;&>]{0,300}?(?:\s-(?:o|O|-output|-output-document)[ =]|>\s{0,3})["']?(?<file>[\w./-]{1,100})/g;
const IS_VERIFIED =
  /sha(?:1|224|256|384|512)(?:sum)?\b|\bgpg2? [^\n]{0,100}--verify|cosign verify|minisign|openssl dgst|Get-FileHash/i;

/** A file from the network that is then run as it came. */
function savedAndRun(text: string): string | null {
  if (IS_VERIFIED.test(text)) return null;
  for (const { 0: download, groups } of text.matchAll(SAVED)) {
    const file = groups?.file ?? '';
    const escaped = file.replace(/[.]/g, '\\.');
    const runs = new RegExp(
      `(?:^|[;&|]|\\bsudo)[ \\t]{0,9}(?:(?:(?:ba|z)?sh|source|\\.|python3?|node)[ \\t]{1,5}(?:-\\w{1,5} )?)(?:\\./)?${escaped}(?=\\s|$|[;&|])|(?:^|[;&|]|\\bsudo)[ \\t]{0,9}(?:\\./|(?=/))${escaped}(?=\\s|$|[;&|])`,
      'm',
    );
    if (file.length > 1 && runs.test(text)) return download;
  }
  return null;
}

function textOfRuns({ steps }: WorkflowJobFact): string {
  return steps
    .map(({ run }) => (run ?? '').slice(0, MAX_RUN))
    .join('\n')
    .slice(0, MAX_RUN);
}

/** What runs here changes without a change of the repository. */
function* movingParts(workflow: WorkflowFact): Generator<RawFinding> {
  for (const job of workflow.jobs) {
    for (const image of new Set(job.images)) {
      if (!MOVING_IMAGE.test(image) || image === 'scratch') continue;
      yield {
        messageId: 'image',
        data: { image },
        ...placeOf(workflow, job.line),
        severity: 'low',
        anchor: `image ${job.id} ${image}`,
      };
    }
    const saved = savedAndRun(textOfRuns(job));
    for (const step of job.steps) {
      const lines = (step.run ?? '')
        .replace(/\\\n\s*/g, ' ')
        .split('\n')
        .filter((line) => !/^\s*#/.test(line));
      const piped = lines.map((line) => PIPED.exec(line)?.[0]).find((hit) => hit !== undefined);
      const found = piped ?? (saved !== null && step.run?.includes(saved) ? saved : null);
      if (found === null) continue;
      yield {
        messageId: 'piped',
        ...placeOf(workflow, step.line),
        severity: 'low',
        evidence: found,
        anchor: `piped ${job.id} ${found}`,
      };
    }
  }
}

const POWERFUL = /^(?:contents|packages|actions|deployments|id-token): write$/;

/** Given at the top, a permission holds for each job that states none. */
function* broadPermissions(workflow: WorkflowFact): Generator<RawFinding> {
  const granted = workflow.permissions?.filter((permission) => POWERFUL.test(permission)) ?? [];
  const jobs = workflow.jobs.filter((job) => job.permissions === null).length;
  if (granted.length === 0 || jobs < 2) return;
  const data = { permissions: granted.join(', '), jobs };
  yield { messageId: 'broad', data, ...placeOf(workflow, 1), severity: 'low', anchor: 'broad' };
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
      if (!uses || PINNED.test(uses) || NAMED_BY_TAG.test(uses) || uses.startsWith('.') || uses.includes('$')) continue;
      const isAction = /^[\w.-]+\/[\w./-]+@\S+$/.test(uses) && !FIRST_PARTY.test(uses);
      if (!isAction && !uses.startsWith('docker://')) continue;
      places.set(uses, [...(places.get(uses) ?? []), { path: workflow.path, line: step.line }]);
    }
  }
  return places;
}

/** Who owns an action as well as this repository can change what runs here anyway. */
function ownersNamed(workflows: readonly WorkflowFact[]): ReadonlySet<string> {
  const conditions = workflows.flatMap(({ jobs }) =>
    jobs.flatMap(({ condition, steps }) => [condition, ...steps.map((step) => step.condition)]),
  );
  return new Set(conditions.flatMap((condition) => OWNER.exec(condition ?? '')?.groups?.owner?.toLowerCase() ?? []));
}

const SHA = '0123456789abcdef0123456789abcdef01234567';
const workflow = (on: string, steps: string, top = '') =>
  `name: ci\non: ${on}\n${top}jobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

export const noUnsafeWorkflow = defineRule({
  id: 'flow/no-unsafe-workflow',
  catalogue: 'FLW-09',
  group: 'gate',
  severity: 'medium',
  upTo: 'critical',
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
  terms: ['github actions', 'script injection', 'pull_request_target', 'supply chain'],
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
    commands: {
      en: 'Unsecure workflow commands are allowed: any line that is printed can set variables.',
      ja: '安全でないワークフローコマンドが許可されており、出力された行から変数を書き換えられます。',
    },
    piped: {
      en: 'A script from the network runs without being looked at.',
      ja: 'ネットワークから取得したスクリプトを、内容を確かめずに実行しています。',
    },
    image: {
      en: 'The image “{image}” names no version: what it holds changes by itself.',
      ja: 'イメージ「{image}」にバージョンの指定がなく、中身がいつの間にか変わります。',
    },
    broad: {
      en: '“{permissions}” is given to {jobs} jobs at once; give it to the one that needs it.',
      ja: '「{permissions}」が{jobs}個のジョブにまとめて与えられています。必要なジョブだけに与えてください。',
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
      {
        files: {
          '.github/workflows/log.yml': workflow(
            'pull_request_target',
            `      - run: echo '\${{ toJSON(github.event) }}' | jq\n`,
          ),
        },
      },
      {
        files: {
          '.github/workflows/commits.yml': workflow(
            'push',
            `      - run: echo "\${{ github.event.commits[0].message }}"\n`,
          ),
        },
      },
      {
        files: {
          '.github/workflows/old.yml': workflow(
            'push',
            '      - run: make\n',
            'env:\n  ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n',
          ),
        },
      },
      {
        files: {
          '.gitlab-ci.yml':
            'image: example/tools:latest\nビルド:\n  script:\n    - curl -sSf https://example.org/install.sh | sudo bash\n',
        },
      },
      {
        files: {
          '.github/workflows/tool.yml': workflow(
            'push',
            '      - run: curl -sSfL https://example.org/get.sh -o get.sh\n      - run: sudo bash get.sh\n',
          ),
        },
      },
      { files: { 'azure-pipelines.yml': 'steps:\n  - script: echo "$(Build.SourceVersionMessage)"\n' } },
      {
        files: {
          '.github/workflows/two.yml':
            'name: two\non: push\npermissions:\n  contents: write\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make docs\n',
        },
      },
    ],
    good: [
      {
        files: {
          '.gitlab-ci.yml':
            'image: node:22.4\ntest:\n  script:\n    - curl -sSf https://example.org/data.json | jq .\n    - echo "$CI_COMMIT_MESSAGE"\n',
          'azure-pipelines.yml':
            'steps:\n  - script: echo "$MESSAGE"\n    env:\n      MESSAGE: $(Build.SourceVersionMessage)\n',
          '.github/workflows/one.yml': workflow(
            'push',
            `      - run: echo \${{ github.event.comment.body == '/deploy' }}\n      - run: curl -fsSLO https://example.org/a.tgz\n      - run: |\n          wget https://example.org/get.sh -O get.sh\n          echo "0f00 get.sh" | sha256sum -c\n          bash get.sh\n`,
            'permissions:\n  contents: write\n',
          ),
        },
      },
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
      {
        files: {
          '.github/workflows/directory.yml': workflow(
            'push',
            "      - uses: Acme/scripts/directory@main\n        if: github.repository == 'Acme/api'\n",
          ),
          '.github/workflows/fuzz.yml': workflow(
            'pull_request',
            '      - uses: google/oss-fuzz/infra/cifuzz/actions/build_fuzzers@master\n',
          ),
        },
      },
    ],
  },

  *check({ workflows, files }, { trusted }): CheckOutput {
    const github = workflows.filter((workflow) => workflow.provider === 'github');
    let weight = 0;
    for (const workflow of workflows) {
      for (const finding of macroInjections(workflow)) {
        weight += 1;
        yield finding;
      }
      for (const finding of movingParts(workflow)) {
        weight += LIGHT_WEIGHT;
        yield finding;
      }
    }
    for (const workflow of github) {
      for (const finding of broadPermissions(workflow)) {
        weight += LIGHT_WEIGHT;
        yield finding;
      }
      for (const finding of [
        ...unsecureCommands(workflow),
        ...writeAll(workflow),
        ...workflow.jobs.flatMap((job) => [...untrustedCheckouts(workflow, job), ...injections(workflow, job)]),
      ]) {
        weight += 1;
        yield finding;
      }
    }
    const owners = ownersNamed(github);
    let actions = 0;
    for (const [uses, places] of unpinned(github)) {
      const [location, ...related] = places;
      const own = uses.replace(/@.*$/, '').split('/').slice(2).join('/');
      const isOwn =
        owners.has(uses.split('/')[0]?.toLowerCase() ?? '') ||
        (own.startsWith('.github/') && files.some((file) => file.path.startsWith(own)));
      if (!location || isOwn || trusted.some((owner) => uses.startsWith(`${owner}/`))) continue;
      weight += LIGHT_WEIGHT;
      actions += 1;
      yield { messageId: 'unpinned', data: { uses, count: places.length }, location, related, anchor: uses };
    }
    return { value: weight, metrics: { unpinned_actions: actions } };
  },
});
