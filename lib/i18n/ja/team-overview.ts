import type { Messages } from '../messages';

export const teamOverview: Messages['teamOverview'] = {
  title: 'チームの概要',
  projects: '健全度の低い順',
  allProjects: 'すべてのプロジェクト',
  noProjects: 'リポジトリがまだありません。登録すると最初の監査が始まります。',
  register: 'リポジトリを登録',
  list: '健全度の低いプロジェクト',
  magics: '全プロジェクトの魔法',
  magicsAbout: '点数のあるプロジェクトの平均',
  magicsList: '魔法ごとの平均点',
  noMagics: '判定されたプロジェクトがまだありません。',
  judged: (count) => `${count}件を判定`,
  failed: (count) => `不合格${count}件`,
  warning: (count) => `警告${count}件`,
  people: 'メンバーとアクセス',
  manage: 'メンバー',
  roles: '役割ごとの人数',
  invitations: (count) => `未承諾の招待${count}件`,
  tokens: (count) => `有効なAPIトークン${count}件`,
  nextToken: (name, when) => `「${name}」の期限：${when}`,
};
