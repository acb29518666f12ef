import { LRUCache } from 'lru-cache';
import { languageFor } from '@/lib/facts/languages/registry';
import { highlight, type Token } from './highlight';

/** More than the longest pages of a few rules show. */
const KEPT_FILES = 300;

const kept = new LRUCache<string, Promise<Token[][]>>({ max: KEPT_FILES });

/** A file of a rule's example as coloured lines. */
export function highlightExample(path: string, text: string): Promise<Token[][]> {
  const key = `${path}\n${text}`;
  const known = kept.get(key);
  if (known) return known;
  const lines = text.replace(/\n$/, '').split('\n');
  const coloured = highlight(lines, languageFor(path, lines[0]), { from: 1, to: lines.length });
  kept.set(key, coloured);
  coloured.catch(() => kept.delete(key));
  return coloured;
}
