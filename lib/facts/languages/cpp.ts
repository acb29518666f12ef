import { cFamily } from './c-family';
import { cppLogic } from './logic/c-family';
import type { LanguageTable } from './types';

export const cpp: LanguageTable = {
  ...cFamily,
  id: 'cpp',
  wasm: 'tree-sitter-cpp/tree-sitter-cpp.wasm',
  extensions: ['cc', 'cpp', 'cxx', 'c++', 'hh', 'hpp', 'hxx', 'h++', 'ipp', 'inl', 'tpp', 'cppm', 'ixx'],
  roles: { ...cFamily.roles, assertion: ['static_assert_declaration'] },
  logic: cppLogic,
  print: /^(?:printf|puts|putchar|std::printf|std::puts)$/,
};
