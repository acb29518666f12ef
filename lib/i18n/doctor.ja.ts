import type { doctorEn } from './doctor.en';

export const doctorJa: typeof doctorEn = {
  status: { ok: '正常', warning: '注意', failed: '失敗', not_checked: '未確認' },
  checks: {
    settings: '設定',
    node: 'Node.js',
    git: 'Git',
    disk: 'ディスク',
    directory: 'データディレクトリ',
    address: '公開アドレス',
    database: 'データベース',
    version: 'PostgreSQL',
    migrations: '移行',
    role: '製品のロール',
    row_security: '行レベルセキュリティ',
    connections: '接続数',
    clock: '時計',
    owner: '所有者',
    secrets: '封印された秘密',
    keys: '鍵',
    redis: 'Redis',
    objects: 'オブジェクトストア',
    mail: 'メール',
    backup: 'バックアップ',
  },
  summary: (ok, warnings, failed, notChecked) => `正常 ${ok}、注意 ${warnings}、失敗 ${failed}、未確認 ${notChecked}`,
  says: {
    fine: (v) => String(v.what ?? ''),
    bad_settings: (v) => `${v.what}`,
    node_unsupported: (v) => `Node.js ${v.version} には対応していません。20.19〜24 を導入してください`,
    git_missing: () => 'Git がないか 2.39 より古いため、導入してください',
    git_old: (v) => `Git ${v.version} には 2025 年のセキュリティ修正がない可能性があります。更新してください`,
    disk_low: (v) => `${v.path} の空きは ${v.free} MB です。空けてください。300 MB 未満では起動しません`,
    inodes_low: (v) => `${v.path} の空き inode は ${v.free} です。ファイルを減らしてください`,
    directory_not_writable: (v) =>
      `${v.path} にこのユーザーは書き込めません。所有者か ELDER_DATA_DIR を変更してください`,
    secrets_open: (v) => `${v.path} を他人が読めます。chmod 600 を実行してください`,
    not_public: (v) => `${v.url} はこの機器からしか開けません。利用者のアドレスを PUBLIC_URL に設定してください`,
    plain_http: (v) => `${v.url} は暗号化されていません。HTTPS を前段に置き、PUBLIC_URL を設定してください`,
    no_database: () => '組み込みデータベースが動作していません。npm start で起動します',
    no_answer: (v) => `${v.what}`,
    database_first: () => 'データベースが必要です',
    postgres_old: (v) => `PostgreSQL ${v.version} は古すぎます。14 以降が必要です`,
    pending: (v) => `${v.names} が未適用です。npm run migrate または npm start を実行してください`,
    newer: (v) => `より新しいリリースのデータベースです(${v.names})。そのリリースを導入してください`,
    owns: () =>
      '製品が表の所有者として動作するか、行レベルセキュリティを回避できます。専用のロールを与えてください(docs/operations.md)',
    may_own: () => '製品は表の所有者になれます。ログインを2つに分けることを勧めます(docs/operations.md)',
    not_forced: (v) =>
      `${v.tables} で行レベルセキュリティが強制されていません。npm run migrate を実行し、変更者を確認してください`,
    few_connections: (v) =>
      `PostgreSQL の接続数は ${v.offered} ですが、Web とワーカー各1つで ${v.needed} 必要になり得ます。max_connections を増やしてください`,
    clock_off: (v) => `この機器とデータベースの時計が ${v.seconds} 秒ずれています。両方で NTP を設定してください`,
    secrets_lost: (v) =>
      `${v.count} 件の秘密の鍵(${v.ids})がありません。ENCRYPTION_KEY_PREVIOUS か ${v.file} に戻してください`,
    keys_made: (v) => `${v.names} はまだありません。最初の起動で作られます`,
    keys_missing: (v) => `データベースは使用中なのに ${v.names} がありません。バックアップから戻してください`,
    no_owner: () =>
      '環境を所有するチームがなく、運用ページを誰も見られません。elder owner で一覧を確認し、elder owner チームID で指定してください',
    not_set: (v) => `${v.name} は設定されていません`,
    redis_bad: (v) => `${v.what}`,
    redis_not_kept: () =>
      'Redis がディスクに保存していません。appendonly を有効にしてください。そうでないと待機中のジョブの再発見に時間がかかります',
    store_bad: (v) => `${v.what}`,
    mail_bad: (v) => `SMTP_URL のサーバーに接続できません(${v.what})。アドレス、ユーザー、パスワードを確認してください`,
    backup_none: () => 'バックアップがありません。elder backup で作成し、BACKUP_SCHEDULE で定期作成できます',
    backup_old: (v) => `最新のバックアップは ${v.hours} 時間前のものです。ワーカーのログを確認してください`,
    backup_unkept: () =>
      'バックアップがデータディレクトリの中にあります。BACKUP_DIR か S3_BUCKET で別の場所を指定してください',
  },
};
