import type { CliRemoteText } from './cli-remote.en';

const UNKNOWN_AUTHORITY =
  '発行元の認証局を確認できません。信頼する場合は環境変数 NODE_EXTRA_CA_CERTS に認証局の証明書を指定してください';

export const cliRemoteJa: CliRemoteText = {
  prompt: { url: 'サーバーのURL: ', token: 'APIトークン（表示されません）: ' },
  loggedIn: (url) => `${url} にログインしました`,
  loggedOut: (url) =>
    `${url} からログアウトしました。トークン自体は有効なままです。不要ならチームのページで失効させてください`,
  wasNotLoggedIn: 'ログインしていません',
  kept: (file) => `トークンは ${file} に保存しました（本人だけが読み取れます）`,
  plainHttp: '注意: URLが http で始まるため、通信経路上でトークンを盗み見られるおそれがあります',
  who: {
    server: 'サーバー',
    name: '名前',
    team: 'チーム',
    token: 'トークン',
    scopes: '権限の範囲',
    expires: '有効期限',
    never: 'なし',
    inDays: (day, days) => `${day}（あと${days}日）`,
    roles: { viewer: '閲覧者', member: 'メンバー', admin: '管理者', owner: 'オーナー' },
  },
  projectAdded: (name, id) => `「${name}」（${id}）を登録しました。最初の監査を順番待ちに入れました`,
  projectsFile: {
    line: (line) => `${line}行目`,
    outcomes: {
      created: '登録',
      changed: '変更',
      unchanged: '変更なし',
      removed: '削除',
      refused: '拒否',
      not_reached: '未処理',
    },
    nothing: 'ファイルにプロジェクトがないため、何も変更していません',
    onlyChecked: '何も変更していません。このファイルを適用した場合:',
    goesOn: (count) => `プロジェクト${count}件が未処理です。同じファイルをもう一度送ります`,
  },
  noProjects: 'プロジェクトはまだありません。elder project add で登録できます',
  neverAudited: '未監査',
  queued: (name, auditId) => `「${name}」の監査を順番待ちに入れました: ${auditId}`,
  ended: ({ number, name, commit, health }) =>
    `「${name}」の監査 #${number}${commit && `（${commit}）`}: 健全度 ${health}`,
  gate: {
    passed: (why) => `ゲート合格：${why}`,
    warning: (why) => `ゲート警告：${why}`,
    failed: (why) => `ゲート不合格：${why}`,
    partial: (why) => `ゲートは合格していません。一部を判定できませんでした。${why}`,
    none: 'ゲートは合格していません。監査の判定がありません',
    neverAudited: (name) => `ゲートは合格していません。「${name}」はまだ監査されていません`,
  },
  notCompleted: { failed: (why) => `監査に失敗しました: ${why}`, cancelled: '監査は中止されました' },
  waiting: (status, magics) => `${status} · ${magics}`,
  magicsDone: (done, total) => `判定済みの魔法 ${done}/${total}`,
  inQueue: '順番待ちです',
  noWorker: 'サーバーでワーカーが動いていないため待機しています',
  retrying: (why) => `${why}。もう一度試します`,
  rateLimited: (seconds) => `サーバーの要求により${seconds}秒待ちます`,
  stillRuns: (auditId) => `待機をやめました。監査 ${auditId} は続いています。結果は elder gate で確認できます`,
  tooLong: (auditId, minutes) =>
    `監査 ${auditId} は${minutes}分たっても終わりません。監査は続いています。結果は elder gate で確認できます`,
  findings: {
    none: '指摘はありません',
    shown: (shown, total) => `指摘 ${total}件のうち${shown}件。さらに見るには --limit を指定してください`,
    states: {
      new: '新規',
      existing: '既存',
      fixed: '解消',
      reopened: '再発',
      suppressed: '抑止',
      accepted: '許容',
      false_positive: '誤検知',
      wont_fix: '対応しない',
    },
  },
  errors: {
    notLoggedIn: 'ログインしていません。elder login を実行するか、ELDER_URL と ELDER_API_TOKEN を設定してください',
    noServer: 'サーバーが指定されていません。elder login URL を実行するか、ELDER_URL を設定してください',
    noTokenFor: (url) =>
      `${url} のトークンがありません。elder login ${url} を実行するか、ELDER_API_TOKEN を設定してください`,
    badUrl: (url) =>
      `${url} はサーバーのURLではありません。https:// で始まり、ユーザー名・パスワード・クエリを含まないURLを指定してください`,
    badToken: 'トークンが空か、空白を含んでいます',
    noTeam: 'トークンのチームに所属していません',
    unreadableFile: (file, cause) => `${file} を読み取れません: ${cause}`,
    largeFile: (file) => `${file} が大きすぎます。プロジェクトのファイルは256,000文字までです`,
    emptyFile: (file) => `${file} が空です。プロジェクトのファイルは「projects:」で始めてください`,
    noTerminal: '端末から入力できません。URLを引数で、トークンを --token-stdin で渡してください',
    readable: (file) =>
      `${file} がほかの利用者から読み取れる状態です。chmod 600 ${file} を実行し、トークンを作り直してください`,
    damaged: (file) => `${file} が壊れています。elder login を実行してください`,
    notKept: (file, cause) => `${file} に書き込めません: ${cause}`,
    unreachable: (url, cause) => `${url} に接続できません: ${cause}`,
    causes: {
      ENOTFOUND: 'ホスト名が見つかりません',
      EAI_AGAIN: '今はホスト名を調べられません',
      ECONNREFUSED: '接続を受け付けていません',
      ECONNRESET: '接続が切れました',
      EHOSTUNREACH: 'ホストまでの経路がありません',
      ENETUNREACH: 'ネットワークに接続していません',
      timeout: '時間がかかりすぎました',
    },
    tls: (url, cause) => `${url} の証明書を受け入れられません: ${cause}`,
    tlsCauses: {
      CERT_HAS_EXPIRED: '有効期限が切れています',
      DEPTH_ZERO_SELF_SIGNED_CERT:
        '自己署名証明書です。信頼する場合は環境変数 NODE_EXTRA_CA_CERTS にその証明書を指定してください',
      SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
      UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
      UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
      ERR_TLS_CERT_ALTNAME_INVALID: '別のホストの証明書です',
      EPROTO: 'このポートはTLSに対応していません',
      ERR_SSL_WRONG_VERSION_NUMBER: 'このポートはTLSに対応していません',
    },
    redirected: (url) =>
      `${url} は別のURLへ転送しています。トークンは転送先に送りません。転送先のURLでログインしてください`,
    notElder: (url, status) =>
      `${url} の応答（HTTP ${status}）はAncient Elderのものではありません。URLを確認してください`,
    unauthenticated: (url) =>
      `${url} がトークンを受け付けません（不明、期限切れ、または失効済み）。elder login ${url} を実行してください`,
    scope: (scope) =>
      `トークンに「${scope}」の権限がありません。チームのページで、この権限を持つトークンを作ってください`,
    forbidden: 'あなたの役割またはトークンの権限では許可されていません',
    rateLimited: (seconds) =>
      seconds === null
        ? 'リクエストが多すぎます。1分ほど待ってからもう一度お試しください'
        : `リクエストが多すぎます。${seconds}秒後にもう一度お試しください`,
    unknownProject: (name) =>
      `「${name}」というプロジェクトがないか、参加していないチームのものです。elder project list で確認してください`,
    ambiguousProject: (name) =>
      `「${name}」という名前のプロジェクトが複数あります。IDで指定してください（elder project list で確認できます）`,
    noSuchRepository: (address) =>
      `リポジトリ ${address} のプロジェクトはありません。elder project add ${address} で登録できます`,
    whichProject: (path) =>
      `${path} の「origin」に当たるプロジェクトがありません。--project または --repository で指定してください`,
    gone: 'すでに存在しません',
    request: (detail) => `サーバーが受け付けませんでした: ${detail}`,
    server: (status, requestId) =>
      `サーバーが応答できませんでした（HTTP ${status}${requestId === null ? '' : `、ログのリクエストID ${requestId}`}）`,
    noResult: (name) => `「${name}」には結果のある監査がまだありません`,
  },
};
