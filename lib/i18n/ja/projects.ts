import type { Messages } from '../messages';

export const projects: Messages['projects'] = {
  title: 'プロジェクト',
  register: 'リポジトリを登録',
  summary: (health, change, gates, critical) => {
    const first = health
      ? `全体の健全度 **${health}**${change ? `（${change}）` : ''}。`
      : '点数の付いたプロジェクトはまだありません。';
    const second = gates > 0 ? `ゲート不合格が${gates}件あります。` : '';
    const third = critical > 0 ? `新しい「緊急」の指摘が${critical}件あります。` : '';
    if (!second && !third) return health ? `${first}ゲート不合格も、新しい「緊急」の指摘もありません。` : first;
    return first + second + third;
  },
  up: (points) => `+${points}`,
  down: (points) => `−${points}`,
  within: {
    '30_days': (change) => `30日で${change}`,
    first_audit: (change) => `最初の監査から${change}`,
  },
  unchanged: '±0',
  filter: '名前・リポジトリで絞り込み',
  byStatus: '状態で絞り込み',
  all: 'すべて',
  status: {
    never_audited: '未監査',
    auditing: '監査中',
    passed: '合格',
    warning: '警告',
    failed: '不合格',
    partial: '一部のみ',
    error: 'エラー',
  },
  sortBy: '並べ替え',
  sort: { last_audit: '最後の監査', name: '名前', health: '健全度' },
  columns: {
    project: 'プロジェクト',
    health: '健全度',
    magics: '魔法',
    trend: '30日間',
    gate: 'ゲート',
    newFindings: '新しい指摘',
    lastAudit: '最後の監査',
    actions: '操作',
  },
  stack: '言語',
  anyStack: 'すべての言語',
  team: 'チーム',
  thisTeam: 'このチーム',
  everyTeam: '参加しているすべてのチーム',
  columnsChoice: '列',
  select: (project) => `${project} を選択`,
  selectAll: '表示中のすべてを選択',
  bulk: {
    label: '選択したプロジェクト',
    selected: (count) => `${count}件を選択中`,
    clear: '選択を解除',
    queued: (count) => `${count}件の監査を待ち行列に入れました。`,
    refused: (count, why) => `${count}件の監査は開始できませんでした。${why}`,
  },
  gate: { passed: '合格', warning: '警告', failed: '不合格', none: '未判定' },
  gateLong: { passed: 'ゲート合格', warning: 'ゲート警告', failed: 'ゲート不合格', none: '未判定' },
  noWorker: 'ワーカーなし',
  runFirst: '最初の監査を実行',
  run: '監査を実行',
  queued: (project) => `${project} の監査を待ち行列に入れました。`,
  open: 'プロジェクトを開く',
  openAudit: (number) => `監査 #${number} を開く`,
  menu: (project) => `${project} の操作`,
  shown: (shown, total) => `${total}件中${shown}件を表示`,
  showMore: (count) => `さらに${count}件を表示`,
  keys: { move: '移動', open: '開く', select: '選択', all: 'すべてのショートカット' },
  empty: {
    title: 'リポジトリがまだありません。登録すると最初の監査が始まります。',
    lead: 'このサーバーから読み取れる Git リポジトリのアドレスを入力してください。',
    commandLine: 'サーバーを使わずに、手元のクローンを監査することもできます。',
  },
  sortAgain: '順序が変わりました：並べ直す',
  noMatch: 'この条件に一致するプロジェクトはありません。',
  clear: '絞り込みを解除',
  stale: (time) => `一覧を更新できませんでした。${time}時点の内容を表示しています。`,
  accessProblem: '現在読み取れません',
  archived: 'アーカイブ済み',
  archivedMeans: 'リポジトリは Git ホストでアーカイブされています。解除されると定期監査を再開します。',
  cancelled: '取り消し',
  failed: '失敗',
};
