import { defineMagic } from '../define';
import { hasCodeOwners } from './has-code-owners';
import { hasReadme } from './has-readme';
import { hasSecurityPolicy } from './has-security-policy';
import { hasUpdateBot } from './has-update-bot';
import { noRetiredRuntime } from './no-retired-runtime';
import { noSingleExpert } from './no-single-expert';
import { noVulnerableDependency } from './no-vulnerable-dependency';

export const sages = defineMagic({
  id: 'sages',
  version: 3,
  title: { en: 'Four Sages', ja: '4賢者監督魔法' },
  says: {
    en: 'Knowledge, tasks, incidents and research are looked after, and shared.',
    ja: '知識・タスク・障害・研究が手入れされ、共有されている。',
  },
  groups: [
    { id: 'knowledge', title: { en: 'Knowledge', ja: '知識' } },
    { id: 'task', title: { en: 'Tasks', ja: 'タスク' } },
    { id: 'incident', title: { en: 'Incidents', ja: '障害' } },
    { id: 'research', title: { en: 'Research', ja: '研究' } },
    { id: 'council', title: { en: 'Council', ja: '合議' } },
  ],
  rules: [
    hasReadme,
    noSingleExpert,
    hasCodeOwners,
    hasSecurityPolicy,
    hasUpdateBot,
    noVulnerableDependency,
    noRetiredRuntime,
  ],
});
