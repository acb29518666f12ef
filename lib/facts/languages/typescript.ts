import { ecma } from './ecma';
import { typescriptHints } from './type-hints';
import type { LanguageTable } from './types';

export const typescript: LanguageTable = {
  ...ecma,
  id: 'typescript',
  wasm: 'tree-sitter-typescript/tree-sitter-typescript.wasm',
  extensions: ['ts', 'mts', 'cts'],
  interpreters: ['ts-node', 'tsx', 'deno', 'bun'],
  types: typescriptHints,
};
