import type { Messages } from '../messages';

export const audits: Messages['audits'] = {
  title: '監査',
  summary: (total, running) =>
    running === 0
      ? `新しい順に${total}件を表示しています。実行中の監査はありません。`
      : `新しい順に${total}件を表示しています。${running}件を実行中です。`,
  columns: {
    audit: '監査',
    project: 'プロジェクト',
    result: '結果',
    health: '健全度',
    gate: 'ゲート',
    findings: '新規と解消',
    commit: 'コミット',
    started: '開始',
    took: '所要時間',
  },
  number: (number) => `#${number}`,
  newFixed: (fresh, fixed) => `新規 ${fresh}、解消 ${fixed}`,
  empty: '監査はまだありません。リポジトリを登録すると最初の監査が始まります。',
  showMore: '古い監査を表示',
  by: (trigger, person) => `${trigger}・${person}`,
};
