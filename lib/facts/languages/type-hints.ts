import { type CodeTree, fieldOf, kindOf, previousOf, textOf } from '../code/code-tree';
import type { NodeIndex } from './types';

/** Where code says the type of a value, and what leaves it open. */
export interface TypeHintTable {
  /** Kinds of nodes that say a type. */
  annotations?: readonly string[];
  /** Kind and text of the type that switches checking off. */
  any?: { kind: string; text: string };
  /** A parameter that may say its type and does not. */
  isUntyped?(tree: CodeTree, parameter: NodeIndex): boolean;
}

export const typescriptHints: TypeHintTable = {
  annotations: ['type_annotation', 'as_expression', 'satisfies_expression'],
  any: { kind: 'predefined_type', text: 'any' },
};

export const pythonHints: TypeHintTable = {
  isUntyped: (tree, parameter) => {
    const kind = kindOf(tree, parameter);
    if (kind !== 'identifier') {
      return /^(?:default_parameter|list_splat_pattern|dictionary_splat_pattern)$/.test(kind);
    }
    const before = previousOf(tree, parameter);
    const isFirst = before >= 0 && textOf(tree, before, 1) === '(';
    return !(isFirst && /^(?:self|cls|mcs|mcls|_)$/.test(textOf(tree, parameter, 10)));
  },
};

export const phpHints: TypeHintTable = {
  isUntyped: (tree, parameter) => fieldOf(tree, parameter, 'type') === null,
};
