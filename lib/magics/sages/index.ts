import { defineMagic } from '../define';
import { hasApiDocs } from './has-api-docs';
import { hasCodeOwners } from './has-code-owners';
import { hasDebtRegister } from './has-debt-register';
import { hasDecisionRecords } from './has-decision-records';
import { hasLesson } from './has-lesson';
import { hasReadme } from './has-readme';
import { hasRunbook } from './has-runbook';
import { hasSecurityPolicy } from './has-security-policy';
import { hasTemplates } from './has-templates';
import { hasUpdateBot } from './has-update-bot';
import { noIgnoredAdvice } from './no-ignored-advice';
import { noKnowledgeIsland } from './no-knowledge-island';
import { noLoneModule } from './no-lone-module';
import { noRepeatedFix } from './no-repeated-fix';
import { noRetiredRuntime } from './no-retired-runtime';
import { noSingleExpert } from './no-single-expert';
import { noSingleReviewer } from './no-single-reviewer';
import { noStaleDocument } from './no-stale-document';
import { noStaleRequest } from './no-stale-request';
import { noVulnerableDependency } from './no-vulnerable-dependency';

export const sages = defineMagic({
  id: 'sages',
  version: 3,
  title: { en: 'Four Sages', ja: '4賢者監督魔法' },
  says: {
    en: 'Knowledge, tasks, incidents and research are looked after, and shared.',
    ja: '知識・タスク・障害・研究が手入れされ、共有されています。',
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
    hasApiDocs,
    noStaleDocument,
    hasDecisionRecords,
    noSingleExpert,
    noKnowledgeIsland,
    hasCodeOwners,
    hasTemplates,
    noStaleRequest,
    hasSecurityPolicy,
    hasRunbook,
    hasLesson,
    noRepeatedFix,
    noVulnerableDependency,
    hasUpdateBot,
    noRetiredRuntime,
    hasDebtRegister,
    noLoneModule,
    noSingleReviewer,
    noIgnoredAdvice,
  ],
});
