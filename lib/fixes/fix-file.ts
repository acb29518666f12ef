import { blobPlan } from '@/lib/facts/blob-plan';
import { languageOfBlob } from '@/lib/facts/language-of-blob';
import { maskSecrets } from '@/lib/facts/text/secrets';
import { findRule } from '@/lib/magics/registry';
import type { Finding, LineEdit } from '@/lib/magics/types';
import { endsOfAdded, sortEdits } from './apply-edits';
import { areSafe, type CheckedFile } from './check-edits';
import { findInFile } from './file-findings';
import { isFixable, MAX_FIXED_BYTES } from './is-fixable';
import { readSource, type SourceText, textOfSource } from './source-text';
import { unifiedDiff } from './unified-diff';

/** What is asked about a finding; all of it is in `Finding`. */
export type FixableFinding = Pick<
  Finding,
  'ruleId' | 'messageId' | 'data' | 'path' | 'startLine' | 'endLine' | 'fingerprint'
>;

export interface FixedFile {
  path: string;
  /** A unified diff against the bytes given. */
  patch: string;
  /** What the patch takes away, each with its part of it. */
  fixes: Fix[];
}

export interface Fix {
  fingerprint: string;
  patch: string;
  replacements: Replacement[];
}

/** Whole lines and the text that takes their place, with its line ends. */
export interface Replacement {
  startLine: number;
  endLine: number;
  text: string;
}

const MAX_FIXES_PER_FILE = 100;
/** Each costs a few parses of the file. */
const MAX_CHECKS_PER_FILE = 100;

interface Candidate {
  finding: FixableFinding;
  edits: readonly LineEdit[];
}

/** One patch that takes away as many of a file's findings as is safe; null when that is none. */
export async function fixFile(
  path: string,
  bytes: Uint8Array,
  findings: readonly FixableFinding[],
  signal?: AbortSignal,
): Promise<FixedFile | null> {
  const wanted = findings.filter((finding) => finding.path === path && isFixable(finding));
  if (wanted.length === 0 || bytes.length > MAX_FIXED_BYTES) return null;
  const source = readSource(bytes);
  if (!source) return null;

  const before = await findInFile(path, textOfSource(source));
  if (before.isCut) return null;
  const known = new Set(before.findings.map(keyOf));
  const candidates = wanted
    .filter((finding) => known.has(keyOf(finding)))
    .map((finding) => ({ finding, edits: editsFor(finding, path, source) }))
    .filter(({ edits }) => edits.length > 0)
    .sort((a, b) => (a.finding.startLine ?? 0) - (b.finding.startLine ?? 0))
    .slice(0, MAX_FIXES_PER_FILE);
  const file = { path, source, language: languageOfBlob(path, source.lines.join('\n')), before };
  const kept = await keepSafe(file, candidates, signal);
  const edits = merged(kept, source) ?? [];
  const patch = unifiedDiff(path, source, edits);
  if (patch === '' || showsSecret(path, source, edits, patch)) return null;
  return { path, patch, fixes: kept.map((candidate) => toFix(path, source, candidate)) };
}

function toFix(path: string, source: SourceText, candidate: Candidate): Fix {
  const edits = merged([candidate], source) ?? [];
  return {
    fingerprint: candidate.finding.fingerprint,
    patch: unifiedDiff(path, source, edits),
    replacements: edits.map((edit) => {
      const ends = endsOfAdded(source, edit);
      return {
        startLine: edit.from,
        endLine: edit.to,
        text: edit.lines.map((line, at) => line + (ends[at] ?? '')).join(''),
      };
    }),
  };
}

/** All at once, as is usual; else each half on top of what of the other went well, and so on down to single ones. */
async function keepSafe(
  file: CheckedFile,
  candidates: readonly Candidate[],
  signal: AbortSignal | undefined,
): Promise<readonly Candidate[]> {
  let checks = 0;
  async function add(
    kept: readonly Candidate[],
    more: readonly Candidate[],
    isRefused = false,
  ): Promise<readonly Candidate[]> {
    signal?.throwIfAborted();
    if (more.length === 0 || checks === MAX_CHECKS_PER_FILE) return kept;
    const all = [...kept, ...more];
    if (!isRefused) {
      checks += 1;
      if (await isSafeTogether(file, all)) return all;
    }
    if (more.length === 1) return kept;
    const middle = Math.ceil(more.length / 2);
    const first = await add(kept, more.slice(0, middle));
    // All of the first half with all of the second is what was refused just now.
    return add(first, more.slice(middle), first.length === kept.length + middle);
  }
  return add([], candidates);
}

async function isSafeTogether(file: CheckedFile, candidates: readonly Candidate[]): Promise<boolean> {
  const edits = merged(candidates, file.source);
  const findings = candidates.map(({ finding }) => finding);
  return edits !== null && edits.length > 0 && (await areSafe(file, edits, findings));
}

/** null when two disagree about a line. */
function merged(candidates: readonly Candidate[], source: SourceText): readonly LineEdit[] | null {
  const byText = new Map(candidates.flatMap(({ edits }) => edits.map((edit) => [JSON.stringify(edit), edit])));
  return sortEdits([...byText.values()], source);
}

function editsFor(finding: FixableFinding, path: string, { lines }: SourceText): readonly LineEdit[] {
  const { ruleId, messageId, data, startLine, endLine } = finding;
  const edit = findRule(ruleId)?.edit;
  if (!edit || startLine === null || startLine > lines.length) return [];
  return edit({ messageId, data, line: startLine, endLine: endLine ?? startLine }, { path, lines });
}

/** A patch is shown and sent on; with a masked value it would not apply. */
function showsSecret(path: string, source: SourceText, edits: readonly LineEdit[], patch: string): boolean {
  const masked = maskSecrets(source.lines.join('\n'), blobPlan(path).secrets).split('\n');
  return unifiedDiff(path, { ...source, lines: masked }, edits) !== patch;
}

const keyOf = ({ ruleId, messageId, startLine }: Pick<FixableFinding, 'ruleId' | 'messageId' | 'startLine'>): string =>
  `${ruleId} ${messageId} ${startLine}`;
