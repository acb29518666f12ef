import { defineMagic } from '../define';

export const strict = defineMagic({
  id: 'strict',
  version: 1,
  title: { en: 'Strict Validation', ja: '厳格検証魔法' },
  says: { en: 'The code itself, layer by layer.', ja: 'コードそのものを層ごとに検証する。' },
  groups: [
    { id: 'syntax', title: { en: 'Syntax', ja: '構文' }, weight: 1 },
    { id: 'logic', title: { en: 'Logic', ja: '論理' }, weight: 1 },
    { id: 'performance', title: { en: 'Performance', ja: '性能' }, weight: 1 },
    { id: 'security', title: { en: 'Security', ja: '安全性' }, weight: 1 },
    { id: 'maintainability', title: { en: 'Maintainability', ja: '保守性' }, weight: 1 },
    { id: 'scalability', title: { en: 'Scalability', ja: '拡張性' }, weight: 1 },
    { id: 'design', title: { en: 'Design', ja: '設計' }, weight: 0.5 },
  ],
  rules: [],
});
