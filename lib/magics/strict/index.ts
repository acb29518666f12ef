import { defineMagic } from '../define';
import { hasLayerRules } from './has-layer-rules';
import { hasStrictTypes } from './has-strict-types';
import { hasTimeout } from './has-timeout';
import { noBlockingInAsync } from './no-blocking-in-async';
import { noBlockingSleep } from './no-blocking-sleep';
import { noBuiltSql } from './no-built-sql';
import { noCapturedLoopVariable } from './no-captured-loop-variable';
import { noConstantCondition } from './no-constant-condition';
import { noDeepLoop } from './no-deep-loop';
import { noDeepNesting } from './no-deep-nesting';
import { noDoubleRecursion } from './no-double-recursion';
import { noDuplicateKey } from './no-duplicate-key';
import { noDynamicExecution } from './no-dynamic-execution';
import { noEndlessLoop } from './no-endless-loop';
import { noFixedAddress } from './no-fixed-address';
import { noHiddenCharacters } from './no-hidden-characters';
import { noHighCognitiveComplexity } from './no-high-cognitive-complexity';
import { noHighCyclomaticComplexity } from './no-high-cyclomatic-complexity';
import { noIdenticalOperands } from './no-identical-operands';
import { noInvalidData } from './no-invalid-data';
import { noLocalStore } from './no-local-store';
import { noLongFunction } from './no-long-function';
import { noLongParameterList } from './no-long-parameter-list';
import { noLooseEquality } from './no-loose-equality';
import { noMagicNumber } from './no-magic-number';
import { noMutableDefault } from './no-mutable-default';
import { noParseError } from './no-parse-error';
import { noPathFromInput } from './no-path-from-input';
import { noPermissiveSetting } from './no-permissive-setting';
import { noQueryInLoop } from './no-query-in-loop';
import { noRawMarkup } from './no-raw-markup';
import { noRegexInLoop } from './no-regex-in-loop';
import { noRepeatedCondition } from './no-repeated-condition';
import { noSecret } from './no-secret';
import { noSelfAssignment } from './no-self-assignment';
import { noSharedRequestState } from './no-shared-request-state';
import { noShortName } from './no-short-name';
import { noTextBuiltInLoop } from './no-text-built-in-loop';
import { noUnboundedCollection } from './no-unbounded-collection';
import { noUnreachableCode } from './no-unreachable-code';
import { noUnsafeDeserialisation } from './no-unsafe-deserialisation';
import { noUntypedCode } from './no-untyped-code';
import { noUnusedResult } from './no-unused-result';
import { noUnverifiedTls } from './no-unverified-tls';
import { noWeakCryptography } from './no-weak-cryptography';

export const strict = defineMagic({
  id: 'strict',
  version: 3,
  title: { en: 'Strict Validation', ja: '厳格検証魔法' },
  says: { en: 'The code itself, layer by layer.', ja: 'コードそのものを層ごとに検証します。' },
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
    noHiddenCharacters,
    noSecret,
    noDynamicExecution,
    noBuiltSql,
    noUnsafeDeserialisation,
    noWeakCryptography,
    noUnverifiedTls,
    noPathFromInput,
    noPermissiveSetting,
    noRawMarkup,
    noIdenticalOperands,
    noUnreachableCode,
    noRepeatedCondition,
    noConstantCondition,
    noEndlessLoop,
    noSelfAssignment,
    noDuplicateKey,
    noUnusedResult,
    noLooseEquality,
    noMutableDefault,
    noCapturedLoopVariable,
    noHighCyclomaticComplexity,
    noHighCognitiveComplexity,
    noLongFunction,
    noLongParameterList,
    noDeepNesting,
    noMagicNumber,
    noShortName,
    noDeepLoop,
    noQueryInLoop,
    noTextBuiltInLoop,
    noRegexInLoop,
    noBlockingInAsync,
    noDoubleRecursion,
    noSharedRequestState,
    noBlockingSleep,
    hasTimeout,
    noUnboundedCollection,
    noFixedAddress,
    noLocalStore,
    hasLayerRules,
    hasStrictTypes,
    noUntypedCode,
  ],
});
