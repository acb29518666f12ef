import type { CliText } from './cli.en';
import { cliClusterJa } from './cli-cluster.ja';
import { cliRemoteJa } from './cli-remote.ja';

export const cliJa: CliText = {
  usage: `使い方: elder audit [パス] [オプション]
        elder fix [パス] [オプション]
        elder config check [パス]
        elder verify ファイル… [--key ファイル]
        elder mcp [--root フォルダー]…

        elder login [サーバー] [--token-stdin]、elder logout、elder whoami [--json]
        elder project add リポジトリ [--name 名前] [--branch ブランチ] [--json]
        elder project list [--json]
        elder project import ファイル [--check] [--json]
        elder audit --remote [パス] [--wait] [--branch ブランチ] [--json]
        elder findings [パス] [--severity a,b] [--state a,b] [--limit N] [--json|--sarif]
        elder gate [パス] [--json]

        elder cluster render [--config ファイル] [--mode モード] [--contexts a,b=2] [--engines a,b]
        elder cluster validate [--config ファイル] [--mode モード] [--context 名前] [--offline]
        elder cluster diff [--config ファイル] [--mode モード] [--context 名前] [--json]
        elder cluster apply [--config ファイル] [--mode モード] [--context 名前|--contexts a,b=2] [--dry-run=server]
        elder cluster status [--config ファイル] [--mode モード] [--context 名前] [--json]
        elder cluster destroy [--config ファイル] [--mode モード] [--context 名前] --yes 名前 [--with-data]

        elder backup、elder restore、elder doctor: elder backup --help

audit  Gitリポジトリの1つのコミットを監査します。リポジトリの中身は一切実行しません。
fix    安全に機械的に直せる箇所のパッチを出力します（git apply用）。ファイルは書き換えません。
config check  .elder.yml（またはフォルダー内のそれ）が正しいかを調べます。
verify  サーバーが署名した証跡、または書き出したプロジェクトの証跡チェーンを検証します。通信はしません。
mcp    標準入出力でModel Context Protocolのクライアントに応答します。
cluster  Kubernetesクラスターにインスタンスを段階を追って配置します（docs/kubernetes-cli.md）。
login  サーバーのトークンを保存します。以下のコマンドがそのサーバーに問い合わせます。トークンは表示しません。

  --ref REF         コミット、ブランチまたはタグ（省略時はHEAD）
  --staged          コミットの代わりに、ステージ済みの内容を監査します
  --working-tree    コミットしていない変更も含め、今のファイルを監査します
  --new-since REF   REFになかった指摘を示し、ゲートの判定に使います
  --fail-on-new S   Sと同じかそれより重い新しい指摘があれば失敗にします（critical、high、medium、low、info）
  --magics a,b      指定した魔法だけ: integrity, tdd, flow, strict, git, sages, servant, predictive
  --format FORMAT   text、json、sarif、junit、gitlab、csv、html、cyclonedxのいずれか（省略時はtext）
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
  --key FILE        verify で使用。信頼する公開鍵（PEM、または /api/v1/evidence/keys の応答）
  --root FOLDER     mcp で使用。読み取りを許可するフォルダー（省略時は現在のフォルダー）
  --project ID      サーバー上のIDまたは名前（省略時は ELDER_PROJECT）
  --repository URL  このリポジトリのプロジェクト（省略時はパスのリモート「origin」）
  --remote          サーバーに監査させます
  --wait            --remote と使用。終わるまで待ち、ゲートの判定で終了します
  --timeout MINUTES --wait と使用。待つ分数（省略時は60）
  --check           project import で使用。変更せず、結果の予定だけを示します
  --config FILE     cluster で使用。設定ファイル（省略時はモードの既定値）
  --mode MODE       cluster で使用。single_node、multi_node、kubernetes、cloud_native、hybrid、edge
  --context NAME    cluster で使用。kubeconfigのコンテキスト（省略時は現在のもの）
  --contexts a,b=2  cluster apply、render で使用。複数のクラスターとその重み
  --dry-run=server  cluster apply で使用。サーバーが確認するだけで、何も変更しません
  --force-conflicts cluster apply、diff で使用。他者が管理するフィールドを引き取ります
  --with-data       cluster apply、diff、destroy で使用。データを持つものも削除します
  --offline         cluster validate で使用。クラスターに問い合わせません
  --engines a,b     cluster render で使用。クラスターにあるAPIグループ（省略時は使えるものすべて）
  --yes NAME        cluster destroy で使用。インスタンスの名前で確認します
  --lang en|ja      表示する言語
  --version         バージョンを表示します
  --help            このヘルプを表示します

環境変数 ELDER_URL と ELDER_API_TOKEN は、elder login で保存した内容より優先されます。

終了コード: 0 ゲート合格・設定が正しい・証跡が有効 · 1 ゲート不合格または未合格・設定に誤り・証跡が無効 ·
2 使い方の誤り、読み取れないリポジトリやファイル、サーバーの応答なし。cluster: 0 計画どおり ·
1 段階の失敗、差異や未達 · 2 使い方や設定の誤り、クラスターの応答なし
`,
  remote: cliRemoteJa,
  cluster: cliClusterJa,
  mcp: {
    outside: (path, roots) =>
      `${path} は読み取りが許可されたフォルダー（${roots}）の中にありません。elder mcp --root で追加できます`,
    beginsOutside: (repository, roots) =>
      `リポジトリの先頭 ${repository} が、読み取りが許可されたフォルダー（${roots}）の外にあります。elder mcp --root ${repository} で起動してください`,
    keptOutside: (repository) =>
      `${repository} は別の場所のリポジトリを指していますが、その作業ツリーとして登録されていないため読み取りません`,
    auditFirst: 'まだ監査していません。先に audit_working_tree を呼び出すか、サーバーのプロジェクトを指定してください',
    whichFinding: 'サーバーの指摘は findingId、直前のローカル監査の指摘は fingerprint で指定してください',
    notFound: 'その指摘は存在しないか、トークンでは見られないチームのものです',
    noRule: (id, nearest) => `${id} というルールはありません${nearest && `。近い名前: ${nearest}`}`,
  },
  health: '健全度',
  coverage: (share) => `判定済み ${share}`,
  findings: (count) => `指摘 ${count} 件`,
  noFindings: '指摘なし',
  topFindings: '主な指摘（ルールごとに2件まで）',
  newFindings: (ref) => `${ref} からの新しい指摘`,
  uncommitted: {
    staged: (head) => (head === null ? 'ステージ済みの内容（初回コミット前）' : `${head} + ステージ済みの変更`),
    'working-tree': (head) => (head === null ? '作業ツリー（初回コミット前）' : `${head} + 作業ツリーの変更`),
  },
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
  verify: {
    holds: (place, what) => `${place}: 有効です。${what}`,
    fails: (place, problem) => `${place}: 無効です。${problem}`,
    place: (file, line) => `${file} の${line}行目`,
    entry: (entry) =>
      `「${entry.project}」の証跡 ${entry.sequence}：コミット ${entry.commit} の監査 #${entry.number}（${entry.endedAt} 終了）`,
    outcome: { completed: '完了', partial: '一部のみ（判定できなかった部分があります）' },
    result: (outcome, health, gate) => `結果：${outcome}、健全度 ${health}、ゲート ${gate}`,
    gates: { passed: '合格', warning: '警告', failed: '不合格', none: '判定なし' },
    signer: (id, version) => `署名：Ancient Elder ${version}、鍵 ${id}`,
    chainHolds: (project, first, last) =>
      first === last
        ? `「${project}」のチェーン：証跡 ${first} のみ`
        : `「${project}」のチェーン：証跡 ${first} から ${last} まで正しくつながっています`,
    chainFails: (project) => `「${project}」のチェーン：つながっていません`,
    head: (sequence, hash) =>
      `  証跡 ${sequence} のハッシュは ${hash} です。これより後が切り取られていないかは、サーバーでのみ確認できます。`,
    chainProblems: {
      missing: (from, to) => (from === to ? `証跡 ${from} がありません` : `証跡 ${from} から ${to} までがありません`),
      reordered: (place, sequence, after) => `${place}: 証跡 ${sequence} が証跡 ${after} の後ろにあります`,
      twice: (place, sequence) => `${place}: 証跡 ${sequence} が二重に入っています`,
      broken: (place, sequence) =>
        `${place}: 証跡 ${sequence} が1つ前の証跡とつながりません。どちらかが書き換えられたか、差し替えられています`,
    },
    problems: {
      'not-json': 'JSONではありません',
      'not-an-envelope': 'in-totoステートメントに1つの署名を付けたDSSEエンベロープではありません',
      'not-as-written': '書き出したままの内容ではありません。改変されたか、別のプログラムが整形し直しています',
      'bad-signature': '署名が一致しません。ステートメント、署名、鍵IDのいずれかが改変されています',
      'unknown-key': '--key にない鍵で署名されているか、鍵IDが改変されています',
      'not-a-statement': '内容が監査のステートメントではありません。改変されたか、新しいバージョンで作られています',
      empty: '内容がありません',
    },
    pinned: (count) => (count === 1 ? '--key の鍵で検証しました。' : `--key の鍵${count}個で検証しました。`),
    unpinned:
      '注意：鍵は証跡自身から読み取りました。署名後に改変されていないことは確かですが、誰が署名したかは分かりません（誰でも自分の鍵で署名できます）。サーバーの鍵を --key で指定してください。',
    noKey: (file) =>
      `${file} にEd25519の公開鍵がありません（PEM、または /api/v1/evidence/keys の応答を指定してください）`,
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
    newFailed: (counts, ref) => `ゲート不合格：${ref} からの新しい指摘があります（${counts.join('、')}）`,
    newCount: (count, severity) => `${severity} ${count}件`,
    newPassed: (count, ref) =>
      count === 0 ? `${ref} からの新しい指摘はありません` : `${ref} からの新しい指摘は${count}件で、許容範囲内です`,
    also: '。',
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
    noOperand: (command) => `「${command}」にはオプションだけを指定できます`,
    oneServer: 'サーバーは1つだけ指定できます',
    oneRepository: '「project add」にはリポジトリを1つ指定してください（URL、またはサーバー上のパス）',
    oneProjectsFile:
      '「project import」にはプロジェクトのファイル（YAMLまたはJSON）を1つ指定してください。- は標準入力を読み取ります',
    unknownCluster: (name) =>
      `${name === '' ? '「cluster」にはコマンドが必要です' : `「cluster ${name}」というコマンドはありません`}。例: elder cluster status`,
    unknownProject: (name) =>
      `${name === '' ? '「project」にはコマンドが必要です' : `「project ${name}」というコマンドはありません`}。elder project list をお試しください`,
    noEvidenceFile: '「verify」には証跡のファイルを指定してください',
    unknownConfig: (name) =>
      `${name === '' ? '「config」にはコマンドが必要です' : `「config ${name}」というコマンドはありません`}。elder config check をお試しください`,
    showsText: '--show-suppressed は --format text と使います。json、sarif、csv、html には常に含まれています',
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
    bare: (path) => `${path} はベアリポジトリのため、作業ツリーもステージ済みの変更もありません`,
    unmerged: (path) => `${path} にマージ未解決のファイルがあります。解決してステージしてから実行してください`,
    changesTooLarge: (path) => `${path} の変更が大きすぎて読み取れません（上限1GB）`,
    twoOf: (one, other) => `--${one} と --${other} は同時に指定できません`,
    needsOther: (one, other) => `--${one} は --${other} と一緒に指定してください`,
    git_missing: () => 'Gitを起動できません。インストールされているか確認してください',
    disk_full: () => 'ディスクがいっぱいです',
    overloaded: () => 'メモリまたは開けるファイル数が足りません。ほかのプログラムを終了して、もう一度お試しください',
    unavailable: (path) => `${path} を今は読み取れません。もう一度お試しください`,
    cancelled: () => '中止しました',
    internal: (path) => `${path} を読み取れませんでした`,
  },
};
