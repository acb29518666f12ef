import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { isDayBeyond, isDayOver } from '../expiry';

export const hasValidSettings = defineRule({
  id: 'integrity/has-valid-settings',
  catalogue: 'INT-17',
  group: 'transparency',
  severity: 'medium',
  confidence: 1,
  needs: ['repositorySettings'],
  // No points: a file that says nothing would raise a score, and one with an error leaves everything open as it is.
  limits: null,
  effort: 'trivial',
  references: ['https://yaml.org/spec/1.2.2/', 'https://json-schema.org/'],
  tags: ['ISO27001 A.8.9', 'NIST SSDF PO.5'],
  options: z.object({}),

  title: { en: 'The settings in .elder.yml are valid', ja: '.elder.yml の設定が正しい' },
  why: {
    en: 'A file with an error has no effect at all, and a suppression past its day hides nothing any more: the repository says of itself what is not so.',
    ja: '誤りのある設定ファイルは全体が無効になり、期限切れの抑止はもう効きません。リポジトリの自己申告が実態と食い違っています。',
  },
  fix: {
    en: 'Run “elder config check”, mend what it names, fix or renew what has expired, and choose a nearer day where one is too far.',
    ja: '「elder config check」を実行して示された箇所を直し、期限切れの項目は対処するか期限を改め、期限が遠すぎる項目は近い日付にしてください。',
  },
  messages: {
    unreadable: {
      en: 'The file is a link, or too large to be read.',
      ja: 'リンクであるか大きすぎるため、読み取れません。',
    },
    'second-file': {
      en: '“{file}” is there as well: keep one of the two.',
      ja: '「{file}」もあります。一方だけにしてください。',
    },
    'too-large': { en: 'The file has more than {limit} characters.', ja: 'ファイルが{limit}文字を超えています。' },
    'too-deep': { en: 'The file is nested too deep.', ja: '入れ子が深すぎます。' },
    'bad-indent': {
      en: 'The indentation is wrong, or a bracket is not closed.',
      ja: 'インデントが正しくないか、括弧が閉じられていません。',
    },
    'duplicate-key': { en: 'A key stands here twice.', ja: '同じキーが二度書かれています。' },
    'second-document': {
      en: 'The file holds several documents, of which one is allowed.',
      ja: '複数のドキュメントがあります。1つだけにしてください。',
    },
    tab: {
      en: 'YAML is indented with spaces, not with tabs.',
      ja: 'インデントにタブは使えません。空白にしてください。',
    },
    'not-yaml': { en: 'This is not valid YAML ({detail}).', ja: 'YAMLとして正しくありません（{detail}）。' },
    reference: {
      en: 'Anchors, aliases, tags and keys that are not plain text are not read. A pattern that begins with “*” goes in quotes.',
      ja: 'アンカー、エイリアス、タグ、文字列でないキーは使えません。「*」で始まるパターンは引用符で囲んでください。',
    },
    'not-a-map': { en: 'The file must hold keys and values.', ja: 'キーと値の形で書いてください。' },
    'unknown-key': { en: '“{key}” is not known.', ja: '「{key}」というキーはありません。' },
    'missing-key': { en: '“{key}” is missing.', ja: '「{key}」がありません。' },
    'not-a-list': { en: '“{key}” must be a list.', ja: '「{key}」はリストにしてください。' },
    'not-keys': { en: '“{key}” must hold keys and values.', ja: '「{key}」はキーと値の形で書いてください。' },
    'not-text': { en: '“{key}” must be text.', ja: '「{key}」は文字列にしてください。' },
    'wrong-type': { en: '“{key}” has a value of the wrong type.', ja: '「{key}」の型が違います。' },
    'wrong-value': { en: '“{key}” must be {expected}.', ja: '「{key}」の値が違います（{expected}）。' },
    'too-much': { en: '“{key}” must be at most {limit}.', ja: '「{key}」は{limit}以下にしてください。' },
    'too-little': { en: '“{key}” must be at least {limit}.', ja: '「{key}」は{limit}以上にしてください。' },
    'too-many': { en: '“{key}” may have at most {limit} entries.', ja: '「{key}」の項目は{limit}個までです。' },
    'too-few': { en: '“{key}” must have at least {limit} entries.', ja: '「{key}」には項目が{limit}個以上必要です。' },
    'too-long': { en: '“{key}” may have at most {limit} characters.', ja: '「{key}」は{limit}文字までです。' },
    'too-short': {
      en: '“{key}” must have at least {limit} characters.',
      ja: '「{key}」は{limit}文字以上で書いてください。',
    },
    empty: { en: '“{key}” is empty.', ja: '「{key}」が空です。' },
    'unknown-rule': { en: 'There is no rule “{rule}”.', ja: '「{rule}」というルールはありません。' },
    'no-words': {
      en: 'A repository has no say about the options of “{rule}”.',
      ja: '「{rule}」のオプションはリポジトリ側からは変えられません。',
    },
    'bad-glob': {
      en: '“{glob}” is no pattern of paths: “*” within a name and “**” between slashes are all there is.',
      ja: '「{glob}」はパスのパターンではありません。使えるのは名前の中の「*」と、階層をまたぐ「**」だけです。',
    },
    'bad-date': {
      en: '“{value}” is no day: write it as 2026-12-31.',
      ja: '「{value}」は日付ではありません。2026-12-31 の形で書いてください。',
    },
    'no-reason': { en: '“{key}” gives no reason.', ja: '「{key}」に理由が書かれていません。' },
    expired: {
      en: 'The suppression of “{rule}” counted up to {date}; the findings are open again.',
      ja: '「{rule}」の抑止は{date}で期限が切れ、指摘は未対応に戻っています。',
    },
    'too-far': {
      en: 'The suppression of “{rule}” up to {date} has no effect: the team lets one count for at most {days} days.',
      ja: '「{rule}」の抑止は{date}まで指定されていますが、チームの上限（{days}日）を超えるため無効です。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'pay();\n', '.elder.yml': 'version: 1\nignorePath:\n  - legacy/**\n' } },
      { files: { 'src/pay.ts': 'pay();\n', '.elder.yml': 'version: 1\nrules:\n  strict/no-secret: {}\n' } },
      { files: { 'src/pay.ts': 'pay();\n', '.elder.yaml': 'version: [1\n' } },
      {
        files: {
          'src/pay.ts': 'pay();\n',
          '.elder.yml':
            'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    reason: the bank is not ready\n    expires: 2023-12-31\n',
        },
      },
      {
        files: {
          'src/pay.ts': 'pay();\n',
          '.elder.yml':
            'version: 1\nsuppressions:\n  - rule: integrity/no-stub\n    reason: the bank is not ready\n    expires: 9999-12-31\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts': 'pay();\n',
          '.elder.yml':
            'version: 1\nignorePaths: [legacy/**]\nrules:\n  integrity/no-unfinished-code:\n    options:\n      terms: [STOPSHIP]\nsuppressions:\n  - rule: integrity/no-stub\n    path: src/**\n    reason: the bank is not ready\n    expires: 2024-12-31\n',
        },
      },
    ],
  },

  *check({ repositorySettings: { path, problems, suppressions }, now }, _, { repository }): CheckOutput {
    if (path === null) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { id, line, data } of problems) yield { messageId: id, data, location: { path, line } };
    for (const { ruleId, expires, line } of suppressions) {
      const days = repository.maxSuppressionDays;
      const at = { location: { path, line }, severity: 'low' } as const;
      if (isDayOver(expires, now)) yield { messageId: 'expired', data: { rule: ruleId, date: expires }, ...at };
      else if (isDayBeyond(expires, now, days)) {
        yield { messageId: 'too-far', data: { rule: ruleId, date: expires, days }, ...at };
      }
    }
    return { value: problems.length, metrics: { settings_errors: problems.length } };
  },
});
