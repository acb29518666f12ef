import type { Messages } from '../messages';

export const auditLog: Messages['auditLog'] = {
  title: '監査ログ',
  lead: 'このチームで誰が何を変更したかを新しい順に表示します。記録は変更も削除もされません。',
  columns: { when: '日時', what: '内容', who: '実行者', from: '接続元', number: '番号' },
  byAction: '変更の種類',
  anyAction: 'すべての変更',
  empty: 'このチームではまだ何も変更されていません。',
  noMatch: 'この種類の記録はありません。',
  showMore: '古い記録を表示',
  nobody: 'Ancient Elder',
  nothing: 'なし',
  check: '記録の連鎖を検証',
  head: '最新のハッシュ',
  intact: (entries) => `${entries}件すべてが記録時のままです。`,
  broken: {
    changed: (entry) => `${entry}番の記録が、書き込まれた後に変更されています。`,
    missing: (entry) => `${entry}番の記録がありません。`,
    cut: (entry) => `${entry}番以降の記録がありません。`,
  },
  actions: {
    'audit.cancelled': '監査を取り消した',
    'audit.requested': '監査を開始した',
    'coverage.uploaded': 'カバレッジレポートを送信した',
    'project.created': 'プロジェクトを登録した',
    'project.deleted': 'プロジェクトを削除した',
    'project.refused': 'リポジトリの登録を試みた',
    'project.renamed': 'プロジェクト名を変更した',
    'team.created': 'チームを作成した',
  },
};
