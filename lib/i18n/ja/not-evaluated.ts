import type { notEvaluated as english } from '../en/not-evaluated';

/** 監査で評価できなかったルール */
export const notEvaluated: typeof english = {
  title: '未評価のルール',
  link: (count) => `未評価のルール${count}件`,
  lead: (count) => `${count}件のルールは判定できないため、点数の計算から除いています。合格とは数えません。`,
  none: '対象のルールはすべて評価できました。',
  noAudit: 'まだ監査がないため、何も評価していません。',
  noMatch: 'この魔法のルールはすべて評価できました。',
  byMagic: '魔法',
  all: 'すべて',
  rules: (count) => `${count}件`,
  groups: {
    error: {
      title: 'エラーで終了',
      todo: 'リポジトリではなく Ancient Elder の不具合です。下の文を添えて報告してください。',
    },
    setup: {
      title: 'リポジトリの外の情報が必要',
      todo: '点数も評価範囲も下がりません。',
    },
    informational: {
      title: '参考のみ',
      todo: '計測しましたが、判定するには量が少ないため、点数には含めません。',
    },
    unread: { title: '読み取れなかったもの', todo: '原因を取り除いてから、もう一度監査を実行してください。' },
    undecided: { title: '根拠が少ないか、はっきりしないもの', todo: 'リポジトリに根拠が増えると判定されます。' },
    nothing: { title: '対象となるものがリポジトリにない', todo: '対応は不要です。' },
  },
  unread: {
    title: '読み取らなかったファイル',
    lead: 'これらのファイルはどのルールも判定していないため、点数は下がりません。',
    files: (count) => `${count}件`,
    more: (count) => `ほか${count}件`,
    reasons: {
      'too-large': '2 MiB を超えるため、秘密情報も検査していません',
      'line-too-long': 'コードとしては長すぎる行があるため、秘密情報だけを検査しました',
      timeout: '読み取りに時間がかかりすぎました',
      unreadable: '読み取れませんでした',
    },
  },
  actions: {
    'no-advisories': 'サーバーの管理者が OSV のデータを取り込むと（設定 ELDER_ADVISORIES）、次の監査から照合します。',
    'no-provider': 'このバージョンには、GitHub や GitLab などのホストとの接続がまだありません。',
    'no-audits':
      'ブランチの過去の監査と比べるルールです。最初の監査や、同じコミットだけを監査している間は、比べる相手がありません。',
    shallow: '全履歴のあるリポジトリを登録してください（git fetch --unshallow）。',
    'own-unread':
      'ルールに対してファイルが大きすぎるか、時間がかかりすぎたか、独自ルールに使える監査の時間を超えたか、文法がクエリーに対応していません。ポリシーでルールを試してください。',
    'fact-missing': '失敗した処理とその理由は、監査のページで確認できます。',
    'not-recognised': '対応していないテストフレームワークの可能性があります。テストに関するルールは判定していません。',
  },
};
