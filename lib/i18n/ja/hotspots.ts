import type { hotspots as english } from '../en/hotspots';

/** リポジトリのファイルのマップ */
export const hotspots: typeof english = {
  title: 'ホットスポット',
  map: 'マップ',
  table: '表',
  show: 'マップと表の切り替え',
  heat: '色',
  heats: {
    risk: 'リスク',
    fixes: '修正',
    complexity: '複雑度',
    churn: '書き換え',
    revisions: '変更',
  },
  lead: ({ files, hot, heat, number }) =>
    `監査 #${number} の時点で、本番ファイル${files}件のうち${hot}件が「${heat}」の上位5分の1に入っています。`,
  leftOut: (count) => `小さい順に${count}件のファイルを省いています。`,
  none: 'マップはまだありません。次に監査が完了すると描かれます。',
  noCode: '描ける本番コードがありません。',
  noHistory: '履歴がないため、変更・修正・リスクは分かりません。マップは大きさと複雑度を示します。',
  untested: (reason) => `リスクはファイルの順位づけであり、ここでは予測になりません。${reason}`,
  unknown: '不明',
  tile: ({ path, lines, heat, value }) => `${path}、${lines}行、${heat} ${value}`,
  zoomInto: (name) => `${name} を拡大`,
  keys: '矢印キーでファイルを移動、Enter でそのファイルのフォルダーを拡大、Escape で戻ります。',
  crumbs: 'マップ上のフォルダー',
  everything: 'リポジトリ',
  legend: {
    area: '面積はコードの行数です。',
    low: '低',
    high: (heat) => `高（${heat}、5段階）`,
    unknown: '斜線のファイルには履歴がありません。',
  },
  columns: {
    path: 'ファイル',
    lines: '行数',
    complexity: '複雑度',
    revisions: '変更',
    fixes: '修正',
    churn: '書き換え',
    authors: '人数',
    risk: 'リスク',
  },
  more: 'さらに表示',
};
