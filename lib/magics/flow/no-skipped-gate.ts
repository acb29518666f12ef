import * as z from 'zod';
import { isRelease, MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { isProductionPath, isSourcePath, isTestPath } from '../paths';
import { changes } from '../sketches';

/** Marks that hosts obey wherever they stand in the message. */
const SKIP_MARK =
  /\[(?:skip[ -](?:ci|actions|travis|circle(?:ci)?|azp|azurepipelines|appveyor|drone|cirrus)|(?:ci|actions|travis|circleci|azp|azurepipelines|appveyor|drone)[ -]skip|no[ -]ci)\]|\*\*\*NO_CI\*\*\*/i;
/** Someone says that local hooks were passed by, not that a flag of that name exists. */
const NO_VERIFY =
  /\b(?:commit(?:ted|ting)?|push(?:ed|ing)?|merg(?:ed|ing)|bypass(?:ed|ing)?|skip(?:ped|ping)?)\b[^.\n]{0,30}?\s(?:with|using|via|by) [`'"]?(?:git \w{1,10} )?--?no-verify\b|\[no-verify\]|\[skip[ -]hooks\]|--no-verifyで(?:コミット|プッシュ)/i;
const SKIP_TRAILER = /^skip-checks$/i;

type Bypass = 'skip' | 'hooks';

function bypassOf(commit: CommitFact): { form: Bypass; mark: string } | null {
  const text = `${commit.subject}\n${commit.body}`;
  const mark = SKIP_MARK.exec(text)?.[0];
  if (mark) return { form: 'skip', mark };
  const trailer = commit.trailers.find(({ key, value }) => SKIP_TRAILER.test(key) && value.toLowerCase() === 'true');
  if (trailer) return { form: 'skip', mark: `${trailer.key}: ${trailer.value}` };
  const hooks = NO_VERIFY.exec(text)?.[0];
  return hooks ? { form: 'hooks', mark: hooks } : null;
}

const changesCode = ({ files }: CommitFact) =>
  files.some(({ path }) => isSourcePath(path) && (isProductionPath(path) || isTestPath(path)));

export const noSkippedGate = defineRule({
  id: 'flow/no-skipped-gate',
  catalogue: 'FLW-07',
  group: 'gate',
  severity: 'high',
  confidence: 0.9,
  needs: ['commits'],
  limits: { per: 'measure', good: 0, bad: 0.05, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://docs.github.com/actions/how-tos/manage-workflow-runs/skip-workflow-runs',
    'https://git-scm.com/docs/git-commit#Documentation/git-commit.txt---no-verify',
  ],
  tags: ['NIST SSDF PW.8', 'ISO27001 A.8.29', 'ISO27001 A.8.32', 'SOC2 CC8.1', 'CICD-SEC-1'],
  options: z.object({}),

  title: { en: 'Code does not pass by the gates', ja: 'コードの変更で検査を飛ばさない' },
  why: {
    en: 'A change of code that tells the pipeline or the hooks to stay away reaches the branch unchecked.',
    ja: 'パイプラインやフックを動かさずに入れたコードの変更は、検査されないままブランチに残ります。',
  },
  fix: {
    en: 'Let the pipeline run for every change of code; keep skip marks for documentation and generated commits.',
    ja: 'コードの変更では必ずパイプラインを動かし、省略の指定は文書や自動生成のコミットだけに使ってください。',
  },
  messages: {
    skip: {
      en: 'A change of code says “{mark}”: no pipeline checks it.',
      ja: 'コードの変更に「{mark}」とあり、パイプラインで検査されません。',
    },
    hooks: {
      en: 'A change of code passed by the local hooks: “{mark}”.',
      ja: 'コードの変更でローカルのフックが飛ばされています（「{mark}」）。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Start', 'Fix the totals [skip ci]') },
      { commits: changes('Start', 'fix: 合計を直す\n\n[ci skip]') },
      {
        commits: [
          { message: 'Start', files: { 'app/a.py': 'a = 1\n' } },
          { message: 'Fix a\n\nCommitted with --no-verify, the hook is slow.', files: { 'app/a.py': 'a = 2\n' } },
        ],
      },
      { commits: changes('Start', 'Rework the store\n\nLong story.\n\nskip-checks: true') },
      { commits: changes('Start', 'Change the reader ***NO_CI***') },
    ],
    good: [
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'a\n' } },
          { message: 'Fix typos [skip ci]', files: { 'docs/案内.md': '# a\n', 'README.md': '# a\n' } },
          { message: 'Use the cache', files: { 'src/a.ts': 'b\n' } },
        ],
      },
      {
        commits: [
          ...changes('Start', 'feat: read --no-verify from the command line', 'Skip CI steps for forks'),
          { message: 'chore(release): 1.2.0 [skip ci]', files: { 'src/step.ts': 'export const v = 9;\n' } },
          {
            message: 'Update snapshots [skip ci]',
            files: { 'src/step.ts': 'export const v = 8;\n' },
            author: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
          },
        ],
      },
      { commits: changes('Start', 'Explain why git commit --no-verify is refused', 'ci: skip the docs job') },
    ],
  },

  *check({ commits }): CheckOutput {
    const judged = commits.filter((commit) => !commit.isBot && !isRelease(commit) && changesCode(commit));
    const bypasses = judged.flatMap((commit) => {
      const bypass = bypassOf(commit);
      return bypass ? [{ commit, ...bypass }] : [];
    });
    for (const { commit, form, mark } of bypasses.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: form,
        data: { mark: mark.slice(0, 80) },
        commits: [commit.id],
        evidence: commit.subject,
        severity: form === 'hooks' ? 'medium' : undefined,
        anchor: commit.id,
      };
    }
    return {
      value: bypasses.length / judged.length,
      population: judged.length,
      metrics: { skipped_gates: bypasses.length },
    };
  },
});
