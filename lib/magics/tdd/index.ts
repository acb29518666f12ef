import { defineMagic } from '../define';

export const tdd = defineMagic({
  id: 'tdd',
  version: 1,
  title: { en: 'TDD Guardian', ja: 'TDD守護魔法' },
  says: {
    en: 'Tests exist, came with the code, and verify something.',
    ja: 'テストがあり、コードと共に生まれ、何かを検証している。',
  },
  groups: [
    { id: 'presence', title: { en: 'Presence', ja: '有無' } },
    { id: 'co-change', title: { en: 'Change together', ja: '同時変更' } },
    { id: 'verification', title: { en: 'Verification', ja: '検証' } },
    { id: 'smells', title: { en: 'Smells', ja: '不吉な匂い' } },
    { id: 'coverage', title: { en: 'Coverage', ja: '網羅' } },
  ],
  rules: [],
});
