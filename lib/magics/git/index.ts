import { defineMagic } from '../define';
import { hasCommitConvention } from './has-commit-convention';
import { hasExplainedChange } from './has-explained-change';
import { hasRealIdentities } from './has-real-identities';
import { hasShortSubject } from './has-short-subject';
import { noBackMerge } from './no-back-merge';
import { noConflictMarker } from './no-conflict-marker';
import { noEmptyCommit } from './no-empty-commit';
import { noFrequentRevert } from './no-frequent-revert';
import { noHugeCommit } from './no-huge-commit';
import { noIgnoredFile } from './no-ignored-file';
import { noLargeFile } from './no-large-file';
import { noOddDates } from './no-odd-dates';
import { noPastSecret } from './no-past-secret';
import { noRewrittenHistory } from './no-rewritten-history';
import { noTangledCommit } from './no-tangled-commit';
import { noVagueSubject } from './no-vague-subject';
import { noWorkInProgress } from './no-work-in-progress';

export const git = defineMagic({
  id: 'git',
  version: 3,
  title: { en: 'Git Chronicle', ja: 'Git年代記魔法' },
  says: { en: 'History tells the truth.', ja: '履歴は真実を語ります。' },
  groups: [
    { id: 'messages', title: { en: 'Messages', ja: 'コミットメッセージ' } },
    { id: 'size', title: { en: 'Size', ja: '大きさ' } },
    { id: 'hygiene', title: { en: 'Hygiene', ja: '整頓' } },
    { id: 'reverts', title: { en: 'Reverts', ja: '差し戻し' } },
    { id: 'identity', title: { en: 'Identity and time', ja: '作者と日時' } },
  ],
  rules: [
    hasCommitConvention,
    hasShortSubject,
    hasExplainedChange,
    noVagueSubject,
    noWorkInProgress,
    noHugeCommit,
    noTangledCommit,
    noConflictMarker,
    noFrequentRevert,
    noLargeFile,
    noIgnoredFile,
    noPastSecret,
    noEmptyCommit,
    noBackMerge,
    noRewrittenHistory,
    hasRealIdentities,
    noOddDates,
  ],
});
