import type { cliInstanceEn } from './cli-instance.en';
import { doctorJa } from './doctor.ja';

const IGNORED = {
  unreadable: 'マニフェストを読めません',
  future: '未来の時刻が書かれています',
  unproven: '設定された鍵で開けないか、マニフェストの内容が一致しません',
} as const;

const damagedJa = ({ damagedObjects: keys }: { damagedObjects: readonly string[] }): string =>
  keys.length === 0 ? '' : `\nバックアップの前から破損していたため、復元しません: ${keys.join('、')}`;

export const cliInstanceJa: typeof cliInstanceEn = {
  usage: `使い方: elder backup [--json]
       elder backup list [--json]
       elder backup verify [名前] [--json]
       elder backup prune [--json]
       elder restore [名前] [--without-keys] [--json]
       elder doctor [--json]
       elder owner [チームID] [--json]

backup   データベース・成果物・鍵のバックアップを1つ作成します。製品は動作中でも構いません
  list     バックアップを一覧表示します
  verify   1つをすべて読み、件数とダイジェストを照合します。名前がなければ最新のもの
  prune    BACKUP_KEEP で残さないものを削除します
restore  空の環境に復元し、最新の状態に移行します。名前がなければ最新のもの
doctor   環境が動作できるか、何に問題があるかを調べます

owner    チームの一覧と、環境を所有するチームを表示します。IDを指定すると、そのチームに移します

  --without-keys  restore で: 鍵を今のまま残す
  --json          JSON で出力
  --lang en|ja    表示言語
  --help          この説明を表示

設定は製品と共通です。BACKUP_KEY または BACKUP_PASSPHRASE でバックアップを封印し、開きます。

終了コード: 0 完了、失敗なし · 1 doctor: 失敗あり · 2 未完了
`,
  stopped: '中断しました。途中のものは残していません',
  wrong: {
    language: '--lang は en か ja を指定してください',
    options: 'そのオプションはないか、値がありません',
    command: (given) => `elder ${given} というコマンドはありません`,
    withoutKeys: '--without-keys は elder restore で使います',
  },
  made: ({ name, rows, tables, objects, sizeBytes, keys }) =>
    `バックアップ ${name}: ${tables} 表の ${rows} 行、成果物 ${objects} 件、${sizeBytes} バイト、鍵: ${keys.join('、') || 'なし'}`,
  oddObject: ({ key, why }) =>
    why === 'name'
      ? `製品が作る成果物の名前ではないため、含めません: ${JSON.stringify(key)}`
      : `オブジェクトストアで破損しており、バックアップからは復元できません: ${key}`,
  sameDisk:
    'バックアップはデータディレクトリの中にあり、ディスクと共に失われます。BACKUP_DIR か S3_BUCKET で別の場所を指定してください',
  listed: ({ name, madeAt, productVersion, migration, rows, sizeBytes }) =>
    `${name}  ${madeAt}  ${productVersion}  ${migration}  ${rows} 行  ${sizeBytes} バイト`,
  none: (place) => `${place} にバックアップはありません`,
  verified: (name, counts) =>
    `バックアップ ${name} は完全です: ${counts.tables} 表の ${counts.rows} 行と成果物 ${counts.objects} 件は書かれたとおりです${damagedJa(counts)}`,
  pruned: (names) => (names.length === 0 ? '削除するものはありません' : `削除しました: ${names.join('、')}`),
  ignored: (backups) =>
    `次のものはバックアップとして数えず、そのまま残しています: ${backups.map(({ name, why }) => `${name}(${IGNORED[why]})`).join('、')}`,
  restored: ({ name, rows, tables, objects, keyFiles, damagedObjects, head }) =>
    `${name}(${head.madeAt} 時点)を復元しました: ${tables} 表の ${rows} 行、成果物 ${objects} 件、鍵: ${keyFiles.join('、') || '書き込みなし'}${damagedJa({ damagedObjects })}
製品を起動し、npm run verify:audit-log でログを検証してください。ミラーは次の監査で取得し直されます。`,
  problems: {
    no_key: 'バックアップの鍵がありません。BACKUP_KEY か BACKUP_PASSPHRASE を設定してください',
    wrong_key: 'このバックアップは、指定とは別の鍵またはパスフレーズで封印されています',
    damaged:
      '破損しているか途中で切れており、書かれたものと違います。別のバックアップを使ってください。何も変更していません',
    newer: '新しい、または別のリリースで作られたバックアップです。そのリリースで復元してください',
    not_empty: 'データベースが空ではありません。新しいデータベースに復元してください',
    in_use: '製品がこのデータベースで動作しています。停止し、10 秒待ってからやり直してください',
    ahead: 'データベースの移行がバックアップより先に進んでいます。新しい空のデータベースに復元してください',
    busy: 'このデータベースの別のバックアップが進行中です。終わるまでお待ちください',
    rows_hidden: 'データベースのロールから見えない行があります。何も書き込んでいません',
    no_such_backup: 'そのバックアップはありません。elder backup list で一覧を確認してください',
    other_keys:
      'バックアップの次の暗号鍵が配置されておらず、その鍵で封印した秘密を開けません。ENCRYPTION_KEY と ENCRYPTION_KEY_PREVIOUS、またはファイルで指定してください',
    keys_not_placed:
      '行と成果物は復元しましたが、鍵ファイルを配置できませんでした。起動する前に、.restored 以降を除いた名前に変えてください',
    other_objects:
      'オブジェクトストアの同じ名前の成果物が、バックアップと違うか破損しています。別の場所に移してから復元し直してください。何も変更していません',
    not_as_written: '読み込み後のデータベースの行がバックアップと一致しません。何も残していません',
    bucket_missing: 'そのバケットはありません。作成するか、S3_BUCKET で別のものを指定してください',
    access_denied: 'アクセスが拒否されました。鍵、またはこのユーザーのディレクトリへの権限を確認してください',
    endpoint_unknown: 'オブジェクトストアのホストが見つかりません。S3_ENDPOINT と S3_REGION を確認してください',
    unreachable: 'オブジェクトストアが応答しません。S3_ENDPOINT とネットワークを確認してください',
    full: '空き容量がありません。空けてください',
    missing: 'バックアップのこの部分がありません。別のものを使ってください',
    failed: 'オブジェクトストアを利用できませんでした',
  },
  database: {
    ECONNREFUSED: 'DATABASE_URL の PostgreSQL が応答しません',
    ENOTFOUND: 'DATABASE_URL のホストが見つかりません',
    '28P01': 'DATABASE_URL または DATABASE_OWNER_URL のユーザーかパスワードを PostgreSQL が拒否しました',
    '3D000': 'DATABASE_URL のデータベースがありません',
    '42P01': 'データベースにまだ製品のデータがありません。製品を起動するか、npm run migrate を実行してください',
    '42501': 'データベースのユーザーに権限がありません。DATABASE_OWNER_URL で所有者を指定してください',
    '55P03': 'データベースの表がほかで使われています。製品を停止してやり直してください',
  },
  owner: {
    team: ({ teamId, teamName, createdAt, isOwner }) =>
      `${isOwner ? '*' : ' '} ${teamId}  ${createdAt}  ${JSON.stringify(teamName)}`,
    none: '環境を所有するチームがありません。elder owner チームID で指定してください',
    noSuchTeam: (given) => `ID が ${JSON.stringify(given)} のチームはありません。次のチームがあります:`,
  },
  doctor: doctorJa,
};
