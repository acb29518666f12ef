import { setImmediate as nextTurn } from 'node:timers/promises';
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
  const coloured = colour(path, lines);
  kept.set(key, coloured);
  coloured.catch(() => kept.delete(key));
  return coloured;
}

/** Our own code needs no limit, but between files others get their turn. */
async function colour(path: string, lines: readonly string[]): Promise<Token[][]> {
  await nextTurn();
  return highlight(lines, languageFor(path, lines[0]), {
    from: 1,
    to: lines.length,
    timeLimitMs: Number.POSITIVE_INFINITY,
  });
}
