import { defineMagic } from '../define';
import { hasLayerRules } from './has-layer-rules';
import { hasStrictTypes } from './has-strict-types';
import { hasTimeout } from './has-timeout';
import { noBlockingInAsync } from './no-blocking-in-async';
import { noBlockingSleep } from './no-blocking-sleep';
import { noDeepLoop } from './no-deep-loop';
import { noDoubleRecursion } from './no-double-recursion';
import { noDynamicExecution } from './no-dynamic-execution';
import { noFixedAddress } from './no-fixed-address';
import { noHighCognitiveComplexity } from './no-high-cognitive-complexity';
import { noHighCyclomaticComplexity } from './no-high-cyclomatic-complexity';
import { noIdenticalOperands } from './no-identical-operands';
import { noInvalidData } from './no-invalid-data';
import { noLongFunction } from './no-long-function';
import { noParseError } from './no-parse-error';
import { noQueryInLoop } from './no-query-in-loop';
import { noRegexInLoop } from './no-regex-in-loop';
import { noSecret } from './no-secret';
import { noSharedRequestState } from './no-shared-request-state';
import { noTextBuiltInLoop } from './no-text-built-in-loop';
import { noUnreachableCode } from './no-unreachable-code';
import { noUntypedCode } from './no-untyped-code';

export const strict = defineMagic({
  id: 'strict',
  version: 2,
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
  rules: [
    noParseError,
    noInvalidData,
    noSecret,
    noDynamicExecution,
    noIdenticalOperands,
    noUnreachableCode,
    noHighCyclomaticComplexity,
    noHighCognitiveComplexity,
    noLongFunction,
    noDeepLoop,
    noQueryInLoop,
    noTextBuiltInLoop,
    noRegexInLoop,
    noBlockingInAsync,
    noDoubleRecursion,
    noSharedRequestState,
    noBlockingSleep,
    hasTimeout,
    noFixedAddress,
    hasLayerRules,
    hasStrictTypes,
    noUntypedCode,
  ],
});
