import type { CodeTree } from '../code/code-tree';
import type { TestCase } from './types';

export function pythonTests(_tree: CodeTree): TestCase[] {
  return [];
}
