import type { dependencies as english } from '../en/dependencies';

/** プロジェクトを構成する依存パッケージ */
export const dependencies: typeof english = {
  title: '依存関係',
  list: 'パッケージ',
  lead: ({ shown, direct, ecosystems, number }) =>
    `監査 #${number} の時点で、${ecosystems} のパッケージが${shown}件あります。うち${direct}件はマニフェストが直接要求しています。`,
  vulnerable: (count, shown, date) =>
    count === 0
      ? `${date} の脆弱性情報に該当するものはありません。`
      : `${date} の脆弱性情報では、${shown}件に既知の脆弱性があります。`,
  leftOut: (count) => `深刻度の低い${count}件の脆弱性は表示していません。`,
  noAdvisories:
    '脆弱性情報のデータがないため、脆弱性については何も分かりません。サーバーの管理者が OSV のデータを取り込むと（設定 ELDER_ADVISORIES）、次の監査から照合します。',
  sbom: 'SBOM をダウンロード',
  sbomTitle: 'CycloneDX 1.6 形式のソフトウェア部品表',
  none: '依存関係はまだありません。次に監査が完了すると読み取られます。',
  nothing: 'マニフェストもロックファイルも見つかりませんでした。',
  nothingHelp:
    '依存関係は package-lock.json、pnpm-lock.yaml、yarn.lock、poetry.lock、uv.lock、go.mod、Cargo.lock、composer.lock、Gemfile.lock、gradle.lockfile、packages.lock.json などのロックファイルと、requirements.txt・pom.xml に書かれた確定バージョンから読み取ります。テストや例の中のものは除きます。',
  noVersions: '確定したバージョンを示すファイルがないため、パッケージを一覧にできません。',
  filter: '名前で絞り込み',
  ecosystem: 'エコシステム',
  kind: '種別',
  all: 'すべて',
  kinds: { direct: '直接', transitive: '間接', vulnerable: '脆弱性あり' },
  development: '開発用',
  noMatch: 'この条件に一致するパッケージはありません。',
  clear: '絞り込みを解除',
  more: 'さらに表示',
  columns: {
    name: 'パッケージ',
    version: 'バージョン',
    kind: '種別',
    licence: 'ライセンス',
    file: '記載ファイル',
    vulnerabilities: '脆弱性',
  },
  askedBy: (manifest) => `${manifest} が要求`,
  unknownLicence: '記載なし',
  notCompared: '未照合',
  noneKnown: '既知のものなし',
  score: (score) => `CVSS ${score}`,
  upgrade: (version) => `${version} に更新してください`,
  noFix: '修正されたバージョンは知られていません',
  moreAdvisories: (count) => `ほか${count}件`,
  sources: 'バージョンの出所',
  packages: (_, shown) => `${shown}件`,
  states: {
    read: '読み取り済み',
    cut: '一部のみ：パッケージが多すぎるため、残りは省いています',
    unread: '読み取れません：未対応の形式か、壊れているか、大きすぎます',
  },
  unlocked: (_, shown) =>
    `ロックファイルがないため、${shown}件の依存のバージョンが分かりません。ロックファイルをコミットすると一覧に載ります。`,
  moreFiles: (count) => `ほか${count}件のファイルを表示`,
};
