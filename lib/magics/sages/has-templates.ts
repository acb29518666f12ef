import * as z from 'zod';
import { hasReviewMark } from '../commits';
import { type CheckOutput, defineRule } from '../define';

const ISSUE =
  /^(?:(?:\.github|\.gitea|\.forgejo|docs)\/)?issue_template(?:\.\w+|\/[^/]+)$|^\.gitlab\/issue_templates\/[^/]+$/i;
const CHANGE =
  /^(?:(?:\.github|\.gitea|\.forgejo|\.azuredevops|\.vsts|docs)\/)?pull_request_template(?:\.\w+|\/.+)$|^\.gitlab\/merge_request_templates\/[^/]+$/i;
const HOST_PATH = /^\.(?:github|gitlab|gitea|forgejo|azuredevops)\/|^\.gitlab-ci\.yml$/;

/** Trackers and ways of review that bring forms of their own. */
const OTHER_TRACKER =
  /issues\.apache\.org|\bjira\b|bugzilla|bugs\.launchpad\.net|\btrac\b|youtrack|bugs\.[\w-]+\.(?:org|net)|redmine/i;
const OTHER_REVIEW =
  /git send-email|\bgerrit\b|phabricator|\bphorge\b|patch(?:es)?\b.{0,60}mailing list|mailing list.{0,60}\bpatch/i;
const GUIDE = /^(?:\.github\/|docs\/)?(?:readme|contributing|support|security|hacking)\b/i;
const MIN_CHARACTERS = 10;

const ADA = { message: 'Start (#1)', author: 'Ada <ada@example.org>' };
const BOB = { message: 'Note (#2)', author: 'Bob <bob@example.org>', files: { 'notes.md': '# Notes\n' } };
const SOURCE = { 'src/a.ts': 'export {};\n' };
const BUG = '---\nname: Bug\n---\nWhat happened, and what did you expect?\n';
const CHECKLIST = '## What and why\n\n- [ ] Tests\n';

export const hasTemplates = defineRule({
  id: 'sages/has-templates',
  catalogue: 'SAG-T2',
  group: 'task',
  severity: 'low',
  confidence: 0.9,
  needs: ['files', 'documents', 'history', 'commits'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  weight: 0.5,
  effort: 'trivial',
  references: [
    'https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/about-issue-and-pull-request-templates',
    'https://docs.gitlab.com/user/project/description_templates/',
  ],
  tags: ['OSPS-BR-04', 'ISO27001 A.5.8'],
  options: z.object({}),

  title: { en: 'Issues and changes start from a template', ja: '課題と変更依頼をテンプレートから始める' },
  why: {
    en: 'Without one, reports lack the version and the steps, and changes lack their reason; each has to be asked for.',
    ja: 'テンプレートがないと、報告には版や再現手順が、変更には理由が抜け、そのつど尋ねることになります。',
  },
  fix: {
    en: 'Add short templates: what happened and how to reproduce it; what changes, why, and how it was tested.',
    ja: '短いテンプレートを置いてください。課題には現象と再現手順、変更には内容・理由・確認方法を書いてもらいます。',
  },
  messages: {
    issue: {
      en: 'The repository holds no template for issues.',
      ja: 'リポジトリに課題（issue）のテンプレートがありません。',
    },
    change: {
      en: 'The repository holds no template for pull or merge requests.',
      ja: 'リポジトリに変更依頼（プルリクエストなど）のテンプレートがありません。',
    },
    empty: { en: 'The template is empty.', ja: 'テンプレートが空です。' },
  },
  examples: {
    bad: [
      { commits: [{ ...ADA, files: SOURCE }, BOB] },
      { commits: [{ ...ADA, files: { ...SOURCE, '.github/ISSUE_TEMPLATE/bug.md': BUG } }, BOB] },
      {
        commits: [{ ...ADA, files: { ...SOURCE, '.gitlab/merge_request_templates/Default.md': CHECKLIST } }, BOB],
      },
      {
        commits: [
          { ...ADA, files: { ...SOURCE, '.github/ISSUE_TEMPLATE.md': BUG, '.github/PULL_REQUEST_TEMPLATE.md': '\n' } },
          BOB,
        ],
      },
    ],
    good: [
      {
        commits: [
          {
            ...ADA,
            files: {
              ...SOURCE,
              '.github/ISSUE_TEMPLATE/bug.yml': 'name: Bug\nbody: []\n',
              '.github/pull_request_template.md': CHECKLIST,
            },
          },
          BOB,
        ],
      },
      {
        commits: [
          {
            ...ADA,
            files: {
              ...SOURCE,
              '.gitlab/issue_templates/不具合.md': '何が起きましたか。再現手順を書いてください。\n',
              '.gitlab/merge_request_templates/Default.md': CHECKLIST,
            },
          },
          BOB,
        ],
      },
      {
        commits: [
          {
            ...ADA,
            files: {
              ...SOURCE,
              'CONTRIBUTING.md': 'Report bugs at https://issues.apache.org/jira/browse/DATES.\n',
              'docs/pull_request_template.md': CHECKLIST,
            },
          },
          BOB,
        ],
      },
      {
        commits: [
          {
            ...ADA,
            files: {
              ...SOURCE,
              'README.md': 'Bugs go to bugs.example.org. Send patches with git send-email to the list.\n',
            },
          },
          BOB,
        ],
      },
    ],
  },

  *check({ files, documents, history, commits }): CheckOutput {
    if (history.contributors < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const isHosted = files.some(({ path }) => HOST_PATH.test(path)) || commits.some(hasReviewMark);
    if (!isHosted && !files.some(({ path }) => ISSUE.test(path) || CHANGE.test(path))) {
      return { outcome: 'not-applicable', reason: 'no-subjects' };
    }

    const guides = documents.filter(({ path }) => GUIDE.test(path)).map(({ text }) => text);
    let present = 0;
    for (const [messageId, pattern, elsewhere] of [
      ['issue', ISSUE, OTHER_TRACKER],
      ['change', CHANGE, OTHER_REVIEW],
    ] as const) {
      if (files.some(({ path }) => pattern.test(path)) || guides.some((text) => elsewhere.test(text))) present += 1;
      else yield { messageId, anchor: messageId };
    }
    for (const { path, text } of documents) {
      if ((ISSUE.test(path) || CHANGE.test(path)) && text.trim().length < MIN_CHARACTERS) {
        yield { messageId: 'empty', location: { path, line: 1 }, anchor: 'empty' };
      }
    }
    return { value: present / 2 };
  },
});
