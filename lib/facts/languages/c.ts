import { cFamily } from './c-family';
import type { LanguageTable } from './types';

export const c: LanguageTable = {
  ...cFamily,
  id: 'c',
  wasm: 'tree-sitter-c/tree-sitter-c.wasm',
  extensions: ['c', 'h'],
};
