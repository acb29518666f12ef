import { defineMagic } from '../define';
import { noBuiltSql } from './no-built-sql';
import { noDeepLoop } from './no-deep-loop';
import { noDynamicExecution } from './no-dynamic-execution';
import { noHighCognitiveComplexity } from './no-high-cognitive-complexity';
import { noHighCyclomaticComplexity } from './no-high-cyclomatic-complexity';
import { noIdenticalOperands } from './no-identical-operands';
import { noInvalidData } from './no-invalid-data';
import { noLongFunction } from './no-long-function';
import { noParseError } from './no-parse-error';
import { noPathFromInput } from './no-path-from-input';
import { noPermissiveSetting } from './no-permissive-setting';
import { noRawMarkup } from './no-raw-markup';
import { noSecret } from './no-secret';
import { noUnreachableCode } from './no-unreachable-code';
import { noUnsafeDeserialisation } from './no-unsafe-deserialisation';
import { noUnverifiedTls } from './no-unverified-tls';
import { noWeakCryptography } from './no-weak-cryptography';

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
    noBuiltSql,
    noUnsafeDeserialisation,
    noWeakCryptography,
    noUnverifiedTls,
    noPathFromInput,
    noPermissiveSetting,
    noRawMarkup,
    noIdenticalOperands,
    noUnreachableCode,
    noHighCyclomaticComplexity,
    noHighCognitiveComplexity,
    noLongFunction,
    noDeepLoop,
  ],
});
