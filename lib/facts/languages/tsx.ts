import { ecma } from './ecma';
import { typescriptHints } from './type-hints';
import type { LanguageTable } from './types';

export const tsx: LanguageTable = {
  ...ecma,
  id: 'tsx',
  wasm: 'tree-sitter-typescript/tree-sitter-tsx.wasm',
  extensions: ['tsx'],
  types: typescriptHints,
};
