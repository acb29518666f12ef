import { defineMagic } from '../define';
import { hasAssertion } from './has-assertion';
import { hasCoverage } from './has-coverage';
import { hasCoverageGate } from './has-coverage-gate';
import { hasEnoughTests } from './has-enough-tests';
import { hasMatchingTest } from './has-matching-test';
import { hasNewCodeCoverage } from './has-new-code-coverage';
import { hasTestFirst } from './has-test-first';
import { hasTestWithChange } from './has-test-with-change';
import { hasTestWithFix } from './has-test-with-fix';
import { noConditionalAssertion } from './no-conditional-assertion';
import { noCoverageExclusion } from './no-coverage-exclusion';
import { noCoverageSprint } from './no-coverage-sprint';
import { noEmptyTest } from './no-empty-test';
import { noExcessMock } from './no-excess-mock';
import { noFocusedTest } from './no-focused-test';
import { noLeftoverTest } from './no-leftover-test';
import { noMysteryGuest } from './no-mystery-guest';
import { noSkippedTest } from './no-skipped-test';
import { noSleep } from './no-sleep';
import { noTautology } from './no-tautology';
import { noTestRetry } from './no-test-retry';
import { noUnclearTest } from './no-unclear-test';
export const tdd = defineMagic({
  id: 'tdd',
  version: 2,
  title: { en: 'TDD Guardian', ja: 'TDD守護魔法' },
  says: {
    en: 'Tests exist, came with the code, and verify something.',
    ja: 'テストがあり、コードと共に生まれ、何かを検証しています。',
  },
  groups: [
    { id: 'presence', title: { en: 'Presence', ja: '有無' } },
    { id: 'co-change', title: { en: 'Change together', ja: '同時変更' } },
    { id: 'verification', title: { en: 'Verification', ja: '検証' } },
    { id: 'smells', title: { en: 'Smells', ja: '不吉な匂い' } },
    { id: 'coverage', title: { en: 'Coverage', ja: '網羅' } },
  ],
  rules: [
    hasMatchingTest,
    hasEnoughTests,
    hasTestWithChange,
    hasTestFirst,
    hasTestWithFix,
    noCoverageSprint,
    noEmptyTest,
    hasAssertion,
    noTautology,
    noSkippedTest,
    noFocusedTest,
    noConditionalAssertion,
    noSleep,
    noMysteryGuest,
    noExcessMock,
    noUnclearTest,
    noLeftoverTest,
    noTestRetry,
    hasCoverage,
    hasNewCodeCoverage,
    hasCoverageGate,
    noCoverageExclusion,
  ],
});
