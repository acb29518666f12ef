import { isLeaf, kindOf, lineOf, parentOf, textOf } from '@/lib/facts/code/code-tree';
import { loadLanguage } from '@/lib/facts/code/grammar';
import { parse } from '@/lib/facts/code/parse';
import type { LanguageId } from '@/lib/magics/facts/code';

/** Lines from–to of a text, 1-based and inclusive. */
export type LineRange = readonly [from: number, to: number];

export interface TreeShape {
  /** Depth, kind and text of each leaf that begins outside the lines left out, in order. */
  leaves: string[];
  errors: number;
}

/** What the parts of a text are that an edit must leave alone; null when it cannot be parsed. */
export async function shapeOutside(
  text: string,
  id: LanguageId,
  leftOut: readonly LineRange[],
): Promise<TreeShape | null> {
  const language = await loadLanguage(id);
  const tree = parse(text, language);
  if (!tree) return null;
  const depths = new Uint32Array(tree.size);
  const leaves: string[] = [];
  let errors = tree.missing.length;
  for (let node = 0; node < tree.size; node += 1) {
    const parent = parentOf(tree, node);
    depths[node] = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
    if (kindOf(tree, node) === 'ERROR') errors += 1;
    if (!isLeaf(tree, node)) continue;
    const line = lineOf(tree, node);
    if (leftOut.some(([from, to]) => line >= from && line <= to)) continue;
    leaves.push(`${depths[node]} ${kindOf(tree, node)} ${textOf(tree, node)}`);
  }
  return { leaves, errors };
}
