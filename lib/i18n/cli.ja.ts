import type { CliText } from './cli.en';

export const cliJa: CliText = {
  usage: `使い方: elder audit [パス] [オプション]
        elder fix [パス] [オプション]
        elder config check [パス]

audit  Gitリポジトリの1つのコミットを監査します。リポジトリの中身は一切実行しません。
fix    安全に機械的に直せる箇所のパッチを出力します（git apply用）。ファイルは書き換えません。
config check  .elder.yml（またはフォルダー内のそれ）が正しいかを調べます。

  --ref REF         コミット、ブランチまたはタグ（省略時はHEAD）
  --magics a,b      指定した魔法だけ: integrity, tdd, flow, strict, git, sages, servant, predictive
  --format FORMAT   text、json、sarif、junit、cyclonedxのいずれか（省略時はtext）
  --out FILE        レポートをファイルに書き出します
  --fail-under N    健全度がN（0〜100）未満なら失敗にします
  --strictness N    厳しさ（0〜1）。0.8で公表どおりの基準になります
  --explain         それぞれの数値の内訳を表示
  --show-suppressed リポジトリが抑止を求めた指摘を理由とともに表示します
  --cache DIR       読み取った事実を次回まで保存します
  --advisories PATH 既知の脆弱性データ（データファイル、またはOSVファイルのディレクトリ）
  --coverage FILE   網羅率レポート（lcov、Cobertura、JaCoCo、Go。gzipも可）
  --patch FILE      機械的な修正のパッチも書き出し、json と sarif に含めます
  --rules a,b       fix で使用。指定したルールの修正だけを出力します
  --lang en|ja      表示する言語
  --version         バージョンを表示します
  --help            このヘルプを表示します

終了コード: 0 ゲート合格・設定が正しい · 1 ゲート不合格・設定に誤り · 2 使い方の誤り、または読み取れないリポジトリ
`,
  health: '健全度',
  coverage: (share) => `判定済み ${share}`,
  findings: (count) => `指摘 ${count} 件`,
  noFindings: '指摘なし',
  topFindings: '主な指摘',
  moreFindings: (count) => `ほか ${count} 件。すべて見るには --format json を指定してください`,
  notEvaluated: '判定しなかった項目',
  exceptions: {
    title: 'リポジトリ側の指定',
    suppressed: (findings, asked) => `抑止の指定${asked}件により、指摘${findings}件を採点から外しました`,
    states: {
      used: '有効',
      unused: '該当なし',
      expired: '期限切れ',
      refused: 'チームの方針により無効',
      'not-judged': '未判定',
    },
    errors: (count) => `.elder.yml に誤りが${count}件あり、全体が無効です。elder config check で確認できます`,
    show: '理由の一覧を見るには --show-suppressed を指定してください',
    more: (count) => `ほか ${count} 件。すべて見るには --format json を指定してください`,
    expires: (day) => `${day}まで`,
    ignored: (files, lines) => `対象外のパス：${files}ファイル、コード${lines}行`,
    words: (count) => `ルールの設定に追加された語：${count}個`,
    noEffect: '効果なし',
    refused: (files, lines) =>
      `対象外のパスはチームの方針により認められず、${files}ファイル、コード${lines}行も判定しました`,
  },
  config: {
    valid: (file) => `${file} は正しく書かれています`,
    none: (path) => `${path} に .elder.yml がありません`,
    unreadable: (file, cause) => `${file} を読み取れません: ${cause}`,
    problems: (file, count) => `${file} には誤りが${count}件あり、直すまで全体が無効です：`,
  },
  fix: '対処',
  bands: { excellent: '優秀', good: '良好', fair: '普通', weak: '要改善', poor: '不良' },
  status: {
    passed: '合格',
    warning: '注意',
    failed: '不合格',
    inconclusive: '判定保留',
    not_applicable: '対象外',
    error: 'エラー',
  },
  severity: { critical: '緊急', high: '高', medium: '中', low: '低', info: '参考' },
  gate: {
    passed: (health) => `ゲート合格（健全度 ${health}）`,
    failed: (health, limit) => `ゲート不合格：健全度 ${health} が基準の ${limit} を下回っています`,
    warning: (health, whys) => `ゲート警告（健全度 ${health}）：${whys.join('、')}`,
    littleJudged: (share) => `判定できたのは ${share}%だけです`,
    healthNear: (limit) => `${limit} を下回っています`,
    magicFailed: (magics) => `不合格の魔法：${magics}`,
    incomplete: (magics) => `ゲートは合格していません。判定できなかった魔法：${magics}`,
    nothing: 'ゲートは合格していません。判定できるものがありませんでした',
  },
  explain: {
    title: '数値の内訳',
    noScore: '点数なし：判定できるものがありません',
    sum: '合計',
    cap: (rule) => `上限（${rule}）`,
    score: '点数',
  },
  stats: (files, lines, commits, seconds) => `${files}ファイル · ${lines}行 · ${commits}コミット · ${seconds}秒`,
  resultHash: '結果',
  fixed: (fixed, fixable, files) => {
    if (fixable === 0) return '対象ルールの指摘がないため、直すものはありません';
    if (fixed === 0) return `パッチは空です。対象ルールの指摘${fixable}件には、どれも人の判断が必要です`;
    const rest = fixed < fixable ? '。残りは人の判断が必要です' : '';
    return `対象ルールの指摘${fixable}件のうち${fixed}件（${files}ファイル）をこのパッチで解消できます${rest}`;
  },
  fixesLeftOut: (files) => `ほか${files}ファイルは調べていません`,
  progress: {
    plan: 'ファイルを一覧中',
    collect: 'ファイルを読み取り中',
    history: '履歴を読み取り中',
    assemble: '判定中',
  },
  errors: {
    usage: (problem) => `elder: ${problem}\nヘルプ: elder --help`,
    unknownCommand: (name) => `「${name}」というコマンドはありません`,
    tooManyPaths: 'パスは1つだけ指定できます',
    unknownConfig: (name) =>
      `${name === '' ? '「config」にはコマンドが必要です' : `「config ${name}」というコマンドはありません`}。elder config check をお試しください`,
    showsText: '--show-suppressed は --format text と使います。json と sarif には常に含まれています',
    explainsText: '--explain は --format text と使います。ほかの形式にはすべての値が含まれています',
    notOf: (option, command) => `--${option} は「${command}」では使えません`,
    unfixable: (rule) => `機械的に修正できる「${rule}」というルールはありません`,
    emptyPath: 'パスが空です',
    unknownOption: (option) => `「${option}」というオプションはありません`,
    missingValue: (option) => `--${option} には値が必要です。「-」で始まる値は --${option}=値 の形で指定してください`,
    noValue: (option) => `${option} に値は指定できません`,
    value: (option, expected) => `--${option} の値が正しくありません（${expected}）`,
    unknownMagic: (name) => `「${name}」という魔法はありません`,
    unwritable: (file, cause) => `${file} に書き込めません: ${cause}`,
    cache: (directory, cause) => `${directory} に解析結果を保存できません: ${cause}`,
    advisories: (path) => `${path} に脆弱性情報のデータがありません`,
    coverage: (file, line, problem) => `${file} の${line}行目を読み取れません: ${problem}`,
    coverageProblems: {
      'damaged-gzip': 'gzipのデータが壊れています',
      'no-report': '網羅率レポート（lcov、Cobertura、JaCoCo、Go）の書き出しではありません',
      'no-files': '実行できる行のあるファイルが1つもありません',
      'no-lcov-record': 'lcovのレコードではありません',
      'no-count': 'DAには行番号と回数が必要です',
      'no-file-before': 'SFでファイルを示す前にDAがあります',
      'no-go-block': 'Goプロファイルのブロックではありません',
      entities: 'エンティティは読み取りません',
      'not-xml': 'XMLとして正しくありません',
      'too-deep': '入れ子が深すぎます',
    },
    largeFile: (file) => `${file} は大きすぎて読み取れません`,
    unreadableFile: (file, cause) => `${file} を読み取れません: ${cause}`,
    nothingThere: (path) => `${path} は存在しません`,
    repository_not_found: (path) => `${path} はGitリポジトリの中にありません`,
    repository_empty: (path) => `${path} にはまだコミットがありません`,
    repository_no_such_branch: (_path, ref) => `「${ref}」というコミットはありません`,
    repository_too_large: (path) => `${path} はファイルが多すぎて監査できません`,
    repository_corrupt: (path) => `${path} は壊れていてGitで読み取れません。git fsck を試してください`,
    repository_timeout: (path) => `${path} の読み取りに時間がかかりすぎました`,
    repository_unreadable: (path) => `${path} をGitで読み取れません。アクセス権を確認するか、git fsck を試してください`,
    repository_unsupported: (path) =>
      `${path} は、インストールされているGitが対応していない形式です。Gitを更新してください`,
    git_missing: () => 'Gitを起動できません。インストールされているか確認してください',
    disk_full: () => 'ディスクがいっぱいです',
    overloaded: () => 'メモリまたは開けるファイル数が足りません。ほかのプログラムを終了して、もう一度お試しください',
    unavailable: (path) => `${path} を今は読み取れません。もう一度お試しください`,
    cancelled: () => '中止しました',
    internal: (path) => `${path} を読み取れませんでした`,
  },
};
