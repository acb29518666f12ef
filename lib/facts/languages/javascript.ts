import { ecma } from './ecma';
import type { LanguageTable } from './types';

export const javascript: LanguageTable = {
  ...ecma,
  id: 'javascript',
  wasm: 'tree-sitter-javascript/tree-sitter-javascript.wasm',
  extensions: ['js', 'mjs', 'cjs', 'jsx', 'es6'],
  interpreters: ['node', 'nodejs'],
};
