import type { Messages } from '../messages';

export const errors: Messages['errors'] = {
  codes: {
    invalid_request: '入力を受け付けられませんでした。内容を確認して、もう一度お試しください。',
    unauthenticated: 'サインアウトしています。続けるには、もう一度サインインしてください。',
    forbidden: 'この操作は現在の役割では行えません。チームの管理者が実行できます。',
    not_found: '存在しないか、所属していないチームのものです。',
    conflict: 'その間にほかの人が変更または作成しました。再読み込みして、もう一度お試しください。',
    gone: 'すでに存在しません。',
    payload_too_large: '入力が大きすぎます。',
    unprocessable: 'この入力は使えません。',
    repository_host_unknown: 'ホスト名が見つかりません。アドレスの入力間違いを確認してください。',
    repository_address_refused:
      'このアドレスは許可されていません。プライベートネットワークまたはこのマシンを指しています。',
    repository_unreachable: 'ホストが応答しません。アドレスとネットワークを確認し、もう一度確認してください。',
    repository_host_key_unknown:
      'このSSHホストの鍵はまだ承認されていません。管理者がフィンガープリントを照合して承認すると読み取れます。',
    repository_host_key_changed:
      'SSHホストが、承認済みのものとは異なる鍵を提示しています。管理者が新しい鍵を承認するまで読み取りません。',
    repository_tls: 'ホストと安全な接続を確立できません。証明書が受け入れられないか、TLS に対応していません。',
    repository_tls_expired:
      'ホストの証明書の有効期限が切れています。ホストの管理者が更新した後、もう一度確認してください。',
    repository_tls_untrusted:
      'ホストの証明書が自己署名であるか、発行者をこのサーバーで確認できません。アドレスを確認してください。運用者は発行者の証明書をサーバーに登録できます。',
    repository_tls_wrong_name:
      'ホストの証明書は別のホスト名のものです。証明書にある名前を使うか、このホスト名で発行し直してください。',
    repository_auth_required:
      'リポジトリを読み取れません。ホストがアクセス権を求めています。公開リポジトリであれば不要です。',
    repository_not_found: 'このアドレスにリポジトリがないか、アクセス権なしでは表示されません。',
    repository_empty: 'リポジトリにコミットがありません。プッシュしてから、もう一度確認してください。',
    repository_no_such_commit: '指定されたコミットはもうリポジトリにありません。',
    repository_no_such_branch: 'そのブランチはリポジトリにありません。',
    repository_too_large: 'リポジトリがこのサーバーの上限より大きいです。',
    repository_timeout: 'ホストの応答に時間がかかりすぎました。後でもう一度確認してください。',
    repository_protocol_refused: '読み取れるのは https と ssh のアドレスだけです。',
    repository_corrupt:
      'リポジトリが壊れています。オブジェクトが欠けているか、内容が名前と一致しません。元のリポジトリで「git fsck」を実行し、修復またはプッシュし直してから、もう一度確認してください。',
    repository_unreadable:
      'このアドレスの内容を Git で読み取れません。「git clone」が成功することを確かめてから、もう一度確認してください。',
    repository_unsupported:
      'このサーバーの Git が対応していない形式のリポジトリです。サーバーの Git を更新するか、通常の形式のクローンを登録してください。',
    repository_redirected: 'ホストが別のアドレスへ転送しています。そのアドレスを登録してください。',
    outgoing_host_unknown: 'アドレスのホストが見つかりません。綴りを確認してください。',
    outgoing_address_refused:
      'Ancient Elder からの接続が許可されていないホストまたはポートです。運用者は ALLOWED_HOSTS で許可できます。',
    outgoing_protocol_refused: 'ユーザー名やパスワードを含まない https のアドレスだけが使えます。',
    outgoing_redirected: 'ホストが別のアドレスへ転送しています。そのアドレスを入力してください。',
    outgoing_timeout: 'ホストが時間内に応答しませんでした。',
    outgoing_tls: 'ホストと安全な接続を確立できません。証明書が受け入れられないか、TLS に対応していません。',
    outgoing_tls_expired:
      'ホストの証明書の有効期限が切れています。ホストの管理者が更新した後、もう一度お試しください。',
    outgoing_tls_untrusted:
      'ホストの証明書が自己署名であるか、発行者をこのサーバーで確認できません。運用者は NODE_EXTRA_CA_CERTS で発行者の証明書を登録できます。',
    outgoing_tls_wrong_name:
      'ホストの証明書は別のホスト名のものです。証明書にある名前を使うか、このホスト名で発行し直してください。',
    outgoing_too_large: 'ホストの応答が大きすぎます。',
    outgoing_unreachable: 'ホストに接続できません。',
    provider_unauthorized:
      'Git ホストがトークンを受け付けません。誤っているか、失効しています。区別を示さないホストでは、期限切れの場合もあります。',
    provider_token_expired:
      'トークンの有効期限が切れています。Git ホストで新しいトークンを作成し、差し替えてください。',
    provider_scope_missing: 'トークンの権限が足りません。示された権限を与えてから、もう一度確認してください。',
    provider_not_found: 'Git ホストにそのリポジトリがないか、このトークンには公開されていません。',
    provider_refused: 'Git ホストがリクエストを拒否しました。',
    provider_suspended: 'App が Git ホストで停止されているか、インストールが解除されています。',
    provider_rate_limited: 'Git ホストが現在リクエストを受け付けません。後で自動的に再試行します。',
    provider_unavailable: 'Git ホストが現在応答できません。後で自動的に再試行します。',
    rate_limited: 'リクエストが多すぎます。しばらく待ってから、もう一度お試しください。',
    cancelled: '取り消されました。',
    internal: 'サーバーが応答できませんでした。原因はサーバーのログにあります。',
    invalid_settings: 'サーバーの設定が正しくありません。詳細はログにあります。',
    disk_full: 'サーバーのディスクがいっぱいです。空き容量を増やしてから、もう一度お試しください。',
    ssh_missing: 'サーバーにSSHクライアントがありません。OpenSSH をインストールしてから、もう一度お試しください。',
    git_missing: 'サーバーに Git がありません。Git をインストールしてから、もう一度お試しください。',
    pack_damaged:
      'この監査のためにオブジェクトストアに置いたリポジトリの内容が壊れています。ストアを確認してから、監査をもう一度実行してください。',
    pack_missing:
      'この監査のためにオブジェクトストアに置いたリポジトリの内容が見つかりません。すべてのワーカーが同じストアを使っているか確認してから、監査をもう一度実行してください。',
    overloaded: 'サーバーの処理が混み合っています。しばらくしてから、もう一度お試しください。',
    unavailable: 'サーバーは現在この処理を行えません。しばらくしてから、もう一度お試しください。',
    offline: 'サーバーに接続できません。接続を確認して、もう一度お試しください。',
  },
  requestId: (id) => `リクエスト ${id}`,
  page: {
    title: 'このページを表示できませんでした',
    notFound: '見つかりません',
    toProjects: 'プロジェクトへ',
    toProject: 'このプロジェクトに戻る',
    toRules: 'ルール一覧に戻る',
  },
};
