import type { Messages } from '../messages';

export const imports: Messages['imports'] = {
  title: 'ほかのツール',
  others: 'ほかのツール',
  lead: 'ほかのツールがSARIF 2.1.0で報告した内容です。指摘は本製品の指摘と並んで表示され、判断・コメント・担当者を付けられます。点数には影響しません。',
  from: (tool) => `${tool} の報告`,
  notOurs: (tool) => `本製品のルールではなく、${tool} が報告した指摘です。点数には影響しません。`,
  explained: (tool) => `${tool} によるルールの説明`,
  alsoReportedBy: '同じ内容を報告したツール',
  list: 'ほかのツールの報告',
  none: 'ほかのツールの報告はまだありません。',
  how: 'ツールを実行するたびに、書き込みできるトークンで報告を送ってください。',
  command: 'コマンド',
  of: (commit) => `${commit} が対象`,
  category: (name) => `分類 ${name}`,
  kept: (kept, results) => `${results}件中${kept}件を採用`,
  changes: (fresh, fixed) => `新規 ${fresh}、解消 ${fixed}`,
  by: (name) => `${name}が送信`,
  findings: '指摘',
  leftOut: {
    suppressed: '報告の中で抑制済み {count}件',
    'not-a-problem': '問題ではないもの {count}件',
    outside: 'リポジトリの外 {count}件',
    'unknown-file': 'コミットにないファイル {count}件',
    duplicate: '重複 {count}件',
    'beyond-limit': '上限超過 {count}件（重いものから採用し、解消の判定はしません）',
  },
};
