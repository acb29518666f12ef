import { defineMagic } from '../define';
import { hasLicence } from './has-licence';
import { hasTrackedMarkers } from './has-tracked-markers';
import { hasValidSettings } from './has-valid-settings';
import { noBinaryArtifact } from './no-binary-artifact';
import { noBrokenReference } from './no-broken-reference';
import { noCommentedOutCode } from './no-commented-out-code';
import { noDebugLeftover } from './no-debug-leftover';
import { noFakeSuccess } from './no-fake-success';
import { noFalseClaim } from './no-false-claim';
import { noOldMarker } from './no-old-marker';
import { noPlaceholderValue } from './no-placeholder-value';
import { noStub } from './no-stub';
import { noSuppression } from './no-suppression';
import { noSwallowedError } from './no-swallowed-error';
import { noTestLogic } from './no-test-logic';
import { noUnfinishedCode } from './no-unfinished-code';
import { noVersionDrift } from './no-version-drift';
import { noWorkaround } from './no-workaround';

export const integrity = defineMagic({
  id: 'integrity',
  version: 3,
  title: { en: 'Integrity', ja: '誠実性監査魔法' },
  says: { en: 'The repository says what it is.', ja: 'リポジトリは自らの姿を偽りません。' },
  groups: [
    { id: 'truth', title: { en: 'Truth', ja: '真実' } },
    { id: 'completion', title: { en: 'Completion', ja: '完成' } },
    { id: 'workaround', title: { en: 'No workaround', ja: 'その場しのぎなし' } },
    { id: 'accountability', title: { en: 'Accountability', ja: '説明責任' } },
    { id: 'transparency', title: { en: 'Transparency', ja: '透明性' } },
    { id: 'test-honesty', title: { en: 'Test honesty', ja: 'テストの誠実さ' } },
  ],
  rules: [
    noUnfinishedCode,
    noWorkaround,
    hasTrackedMarkers,
    noOldMarker,
    noStub,
    noFakeSuccess,
    noSwallowedError,
    noSuppression,
    noDebugLeftover,
    noTestLogic,
    noPlaceholderValue,
    noCommentedOutCode,
    noFalseClaim,
    noBrokenReference,
    noVersionDrift,
    noBinaryArtifact,
    hasLicence,
    hasValidSettings,
  ],
});
