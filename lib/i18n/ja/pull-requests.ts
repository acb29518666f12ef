import type { Messages } from '../messages';

export const pullRequests: Messages['pullRequests'] = {
  gates: { passed: 'ゲート合格', warning: 'ゲート合格（警告あり）', failed: 'ゲート不合格' },
  gate: (gate, reason) => (reason ? `${gate}：${reason}` : gate),
  noGate: '判定なし',
  noBase: 'ブランチの分岐元のコミットを判定できなかったため、何が新しいかは不明です。',
  nothingNew: '新しい検出事項はありません。',
  newCount: (count) => `新しい検出事項 ${count} 件`,
  fixedCount: (count) => `解消された検出事項 ${count} 件`,
  more: (count) => `ほか ${count} 件`,
  open: (number) => `監査 #${number}`,
  pending: 'ワーカーを待っています',
  running: '監査を実行中です',
  cancelled: '監査は取り消されました',
  superseded: '新しいコミットに置き換えられました',
  closed: 'プルリクエストは閉じられました',
  failed: (reason) => `監査に失敗しました：${reason}`,
};
