import type { HiddenCharacterFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';
import { type CodeTree, lineOf, nodesWithRole, textOf } from './code-tree';

/** Cyrillic and Greek letters that look like Latin ones. */
const LOOKALIKES = 'аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅοανρυιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const LOOKALIKE = new RegExp(`[${LOOKALIKES}]`, 'u');
const LATIN = /[A-Za-z]/;
const OTHER = /[\u0370-\u052f]/gu;

/** Names that mix Latin letters with letters of another script that look the same. */
export function collectHomoglyphs(tree: CodeTree): BlobRow<HiddenCharacterFact>[] {
  if (!LOOKALIKE.test(tree.text)) return [];
  const seen = new Set<string>();
  const rows: BlobRow<HiddenCharacterFact>[] = [];
  for (const node of nodesWithRole(tree, 'identifier')) {
    const name = textOf(tree, node, 80);
    if (!LATIN.test(name) || seen.has(name)) continue;
    // `Δx` and `имяFile` are plain to see; only a word made of look-alikes deceives.
    const isDeceptive = name.split(/_|(?<=\p{Ll})(?=\p{Lu})/u).some(isMixed);
    if (!isDeceptive) continue;
    seen.add(name);
    rows.push({ line: lineOf(tree, node), form: 'homoglyph', text: name });
  }
  return rows;
}

function isMixed(word: string): boolean {
  const others = word.match(OTHER) ?? [];
  return (
    others.length > 0 && (word.match(/[A-Za-z]/g)?.length ?? 0) > 1 && others.every((letter) => LOOKALIKE.test(letter))
  );
}
