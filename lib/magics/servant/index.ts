import { defineMagic } from '../define';
import { hasCompleteComponent } from './has-complete-component';
import { hasLastingChange } from './has-lasting-change';
import { hasSupervisedHelpers } from './has-supervised-helpers';
import { noBoundaryViolation } from './no-boundary-violation';
import { noDependencyCycle } from './no-dependency-cycle';
import { noDuplication } from './no-duplication';
import { noFragileScript } from './no-fragile-script';
import { noGeneralist } from './no-generalist';
import { noHiddenCoupling } from './no-hidden-coupling';
import { noMisplacedFile } from './no-misplaced-file';
import { noOrphanModule } from './no-orphan-module';
import { noShallowComponent } from './no-shallow-component';
import { noStubComponent } from './no-stub-component';
import { noUndeclaredDependency } from './no-undeclared-dependency';
import { noUnusedDependency } from './no-unused-dependency';

export const servant = defineMagic({
  id: 'servant',
  version: 3,
  title: { en: 'Servant Inspection', ja: 'サーバント査察魔法' },
  says: {
    en: 'Components do their own job well, and helpers are supervised.',
    ja: '部品は自らの役目を果たし、補助は監督されています。',
  },
  groups: [
    { id: 'substance', title: { en: 'Substance', ja: '実質' } },
    { id: 'duplication', title: { en: 'Duplication', ja: '重複' } },
    { id: 'boundaries', title: { en: 'Boundaries', ja: '境界' } },
    { id: 'size', title: { en: 'Size', ja: '大きさ' } },
    { id: 'coupling', title: { en: 'Coupling', ja: '結合' } },
    { id: 'completeness', title: { en: 'Completeness', ja: '備え' } },
    { id: 'placement', title: { en: 'Placement', ja: '置き場所' } },
    { id: 'helpers', title: { en: 'Helpers', ja: '補助' } },
  ],
  rules: [
    noStubComponent,
    noShallowComponent,
    hasLastingChange,
    noDuplication,
    noDependencyCycle,
    noBoundaryViolation,
    noGeneralist,
    noHiddenCoupling,
    noOrphanModule,
    noUndeclaredDependency,
    noUnusedDependency,
    hasCompleteComponent,
    noMisplacedFile,
    hasSupervisedHelpers,
    noFragileScript,
  ],
});
