import * as z from 'zod';
import { defineRule } from '../define';
import { functionsOver } from '../functions';

export const noLongParameterList = defineRule({
  id: 'strict/no-long-parameter-list',
  catalogue: 'STR-M4',
  group: 'maintainability',
  severity: 'low',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  references: [
    'https://rules.sonarsource.com/java/RSPEC-107/',
    'https://docs.astral.sh/ruff/rules/too-many-arguments/',
    'https://rust-lang.github.io/rust-clippy/master/index.html#too_many_arguments',
  ],
  tags: ['CWE-1064', 'ISO25010 maintainability'],
  readsLimits: 'side',
  options: z.object({ limit: z.number().int().min(2).default(7) }),

  title: { en: 'No long list of parameters', ja: '引数を増やしすぎない' },
  why: {
    en: 'Callers mix up the order, and a function that needs so much does more than one thing.',
    ja: '呼び出し側で順序を取り違えやすく、多くを必要とする関数は複数の仕事を抱えています。',
  },
  fix: {
    en: 'Group what belongs together into an object, or split the function.',
    ja: '関連する値をオブジェクトにまとめるか、関数を分けてください。',
  },
  messages: {
    long: {
      en: '“{name}” takes {value} parameters (limit {limit}).',
      ja: '「{name}」の引数は{value}個です（上限{limit}個）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/mail.ts':
            'export function mail(to: A, from: A, cc: A, bcc: A, title: B, body: B, files: C, isUrgent: D) {\n  send(to, from, cc, bcc, title, body, files, isUrgent);\n}\n',
        },
      },
      {
        files: {
          'mail.py':
            'class Mailer:\n    def mail(self, to, sender, cc, bcc, title, body, files, urgent):\n        send(to, sender, cc, bcc, title, body, files, urgent)\n',
        },
      },
      {
        files: {
          'mail.go':
            'package mail\n\nfunc Mail(to, from, cc, bcc, title, body string, files []string, isUrgent bool) {\n\tsend(to, from, cc, bcc, title, body, files, isUrgent)\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/mail.ts':
            'export function mail(to: A, from: A, cc: A, bcc: A, title: B, body: B, files: C) {\n  send(to, from, cc, bcc, title, body, files);\n}\n',
        },
      },
      {
        files: {
          'mail.py':
            'class Mailer:\n    def mail(self, to, sender, cc, bcc, title, body, files):\n        send(to, sender, cc, bcc, title, body, files)\n',
        },
      },
      {
        files: {
          'src/Mailer.java':
            'class Mailer implements Sender {\n  @Override\n  public void mail(A to, A from, A cc, A bcc, B title, B body, C files, D urgent) {\n    send(to, from, cc, bcc, title, body, files, urgent);\n  }\n\n  void open(A to) {\n    send(to);\n  }\n}\n',
        },
      },
    ],
  },

  *check({ functions, totals }, { limit }, { limits }) {
    return yield* functionsOver({
      // Who overrides a method has no say in its parameters.
      facts: { functions: functions.filter((fn) => !fn.isOverride), totals },
      limits,
      measure: (fn) => fn.parameters,
      limit,
      severityOf: () => 'low',
      messageId: 'long',
      metric: 'long_parameter_lists',
    });
  },
});
