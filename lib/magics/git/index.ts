import { defineMagic } from '../define';

export const git = defineMagic({
  id: 'git',
  version: 1,
  title: { en: 'Git Chronicle', ja: 'Git年代記魔法' },
  says: { en: 'History tells the truth.', ja: '履歴は真実を語る。' },
  groups: [
    { id: 'messages', title: { en: 'Messages', ja: '文言' } },
    { id: 'size', title: { en: 'Size', ja: '大きさ' } },
    { id: 'hygiene', title: { en: 'Hygiene', ja: '整頓' } },
    { id: 'reverts', title: { en: 'Reverts', ja: '差し戻し' } },
  ],
  rules: [],
});
