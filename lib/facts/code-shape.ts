import { findMarker } from '@/lib/magics/markers';
import type { BlobFacts } from './blob-facts';
import { nodesWithRole } from './code/code-tree';
import { collectComments } from './code/comments';
import { measureComplexity } from './code/complexity';
import { hashCode } from './code/fingerprints';
import { loadLanguage } from './code/grammar';
import { countLines } from './code/lines';
import { parse } from './code/parse';
import { languageOfBlob } from './language-of-blob';
import { decodeText, hasOverlongLine, MAX_BLOB_BYTES } from './text/decode';
import { isGeneratedText } from './text/generated';

/** What tells whether code changed, and how it grows: all that is asked of past versions of a file. */
export interface CodeShape extends Pick<BlobFacts, 'codeHash' | 'codeLines'> {
  /** Sum over its functions. */
  cyclomatic: number;
  /** Comments that mark unfinished work. */
  markers: number;
}

/** Of what is not there or not parsed. */
export const NO_SHAPE: CodeShape = { codeHash: null, codeLines: 0, cyclomatic: 0, markers: 0 };

/** Reads the shape of one blob, a part of what `collectBlob` reads. Never throws for what the bytes hold. */
export async function collectShape(path: string, bytes: Uint8Array): Promise<CodeShape> {
  const text = bytes.length > MAX_BLOB_BYTES ? null : (decodeText(bytes)?.text ?? null);
  if (text === null || hasOverlongLine(text)) return NO_SHAPE;
  const language = languageOfBlob(path, text);
  if (!language || isGeneratedText(text, path)) return NO_SHAPE;
  const tree = parse(text, await loadLanguage(language));
  if (!tree) return NO_SHAPE;
  const complexity = measureComplexity(tree);
  return {
    codeHash: hashCode(tree),
    codeLines: countLines(tree).codeLines,
    cyclomatic: nodesWithRole(tree, 'function').reduce((sum, node) => sum + (complexity.get(node)?.cyclomatic ?? 1), 0),
    markers: collectComments(tree).filter(({ text: comment }) => findMarker(comment) !== null).length,
  };
}
