import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { deploymentOf } from './service';

/** Pages for the people who are called: by directory or by name. */
const PAGE =
  /(?:^|\/)(?:run-?books?|play-?books?|post-?mortems?|incidents?|incident[-_]response|on-?call|operations|ops|troubleshooting|disaster[-_]recovery|sre)(?:\/.*|[-_. ][^/]*)?\.(?:md|mdx|rst|adoc|txt|org)$|(?:運用|障害|手順書)[^/]*\.(?:md|rst|adoc|txt)$/i;
const HEADING =
  /^(?:#{1,6}|={1,6})\s.{0,60}\b(?:run-?books?|play-?books?|on-?call|incident|post-?mortem|operations|operating|operational|troubleshooting|roll-?back|rolling back|disaster recovery|monitoring)\b|^#{1,6}\s.{0,30}(?:運用|障害|当番|復旧|監視|切り戻し)/im;
const LINK = /\[[^\]\n]{0,80}(?:run-?book|play-?book|on-?call|post-?mortem|incident|運用|障害)[^\]\n]{0,80}\]\(/i;

const DEPLOY =
  'on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: helm upgrade --install shop ./chart\n';

export const hasRunbook = defineRule({
  id: 'sages/has-runbook',
  catalogue: 'SAG-I2',
  group: 'incident',
  severity: 'low',
  confidence: 0.8,
  needs: ['files', 'documents', 'workflows'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: ['https://sre.google/sre-book/postmortem-culture/', 'https://sre.google/workbook/on-call/'],
  tags: ['ISO27001 A.5.26', 'ISO27001 A.5.37', 'SOC2 CC7.4', 'SSDF RV.2', 'HIPAA 164.308(a)(6)(ii)', 'GDPR 32(1)(c)'],
  options: z.object({}),

  title: { en: 'A service comes with a runbook', ja: 'サービスには運用手順書を添える' },
  why: {
    en: 'Who is called at night and did not write the service needs to know how to see, stop and restore it.',
    ja: '夜中に呼び出された人が作者とは限りません。状態の見方、止め方、戻し方がわかる文書が必要です。',
  },
  fix: {
    en: 'Add a runbook: how to tell that it is ill, how to roll back, whom to call; keep post-mortems beside it.',
    ja: '異常の見分け方、切り戻し方、連絡先を書いた手順書を置き、障害の振り返りも同じ場所に残してください。',
  },
  messages: {
    none: {
      en: 'The service is deployed from here, but no page says how to roll it back or what to do in an incident.',
      ja: 'ここからサービスが配備されますが、切り戻しや障害対応の手順を書いた文書がありません。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/a.ts': 'export {};\n', '.github/workflows/release.yml': DEPLOY, 'README.md': '# shop\n' } },
      { files: { 'app.py': 'serve()\n', Procfile: 'web: gunicorn app:app\n', 'README.md': '# 店\n\n## 使い方\n' } },
      {
        files: {
          'main.go': 'package main\n\nfunc main() {}\n',
          'deploy/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
          'docs/design.md': '# Design\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/a.ts': 'export {};\n',
          '.github/workflows/release.yml': DEPLOY,
          'docs/runbooks/shop.md': '# Shop\n',
        },
      },
      {
        files: { 'app.py': 'serve()\n', Procfile: 'web: gunicorn app:app\n', 'README.md': '# 店\n\n## 障害時の対応\n' },
      },
      {
        files: {
          'app.rb': 'run App\n',
          'fly.toml': 'app = "shop"\n',
          'README.md': '# Shop\n\n## Operations and rollback\n',
        },
      },
      {
        files: {
          'main.go': 'package main\n\nfunc main() {}\n',
          'chart/Chart.yaml': 'name: shop\n',
          'README.md': 'See the [on-call handbook](https://wiki.example.org/oncall).\n',
        },
      },
    ],
  },

  *check({ files, documents, workflows }): CheckOutput {
    const deployment = deploymentOf(files, workflows);
    if (!deployment) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const hasPage = files.some(({ path }) => PAGE.test(path));
    const isTreated = documents.some(
      ({ path, text }) => /\.(?:md|mdx|rst|adoc|txt)$|readme/i.test(path) && (HEADING.test(text) || LINK.test(text)),
    );
    if (hasPage || isTreated) return { value: 1 };
    yield { messageId: 'none', location: deployment, anchor: 'none' };
    return { value: 0 };
  },
});
