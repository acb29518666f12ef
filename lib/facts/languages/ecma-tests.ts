import type { CodeTree } from '../code/code-tree';
import type { TestCase } from './types';

export function ecmaTests(_tree: CodeTree): TestCase[] {
  return [];
}
