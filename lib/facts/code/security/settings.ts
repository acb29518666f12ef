import type { BlobFacts } from '../../blob-facts';
import type { SettingPattern } from '../../languages/security/types';
import type { CodeTree } from '../code-tree';
import { isNameAt, nodeAt } from './nodes';
import type { FoundFlaw } from './row';

const MAX_MATCHES = 500;

/** Names that get a value which opens the door. */
export function looseSettings(
  tree: CodeTree,
  patterns: readonly SettingPattern[],
  imports: BlobFacts['imports'],
): FoundFlaw[] {
  const found: FoundFlaw[] = [];
  for (const { form, text, imported } of patterns) {
    if (imported && !imports.some(({ specifier }) => imported.test(specifier))) continue;
    let left = MAX_MATCHES;
    for (const match of tree.text.matchAll(text)) {
      if (left-- === 0) break;
      const name = /^\W*\w+/.exec(match[0])?.[0] ?? '';
      const offset = match.index + (/\w/.exec(name)?.index ?? 0);
      const callee = name.replace(/^\W+/, '');
      if (isNameAt(tree, offset, callee)) found.push({ form, callee, node: nodeAt(tree, offset) });
    }
  }
  return found;
}
