import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import { blobPlan } from '@/lib/facts/blob-plan';
import { maskSecrets } from '@/lib/facts/text/secrets';
import type { BlameLine } from '@/lib/git/blame';
import { languageOfPath } from '@/lib/magics/paths';
import type { CodeView } from '@/lib/schemas/findings';
import { blameOrNothing } from './blame-or-nothing';
import { type FindingPlace, findingPlace, readFindingFile } from './finding-file';
import { takeGitTurn } from './git-turn';
import { highlight } from './highlight';

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_LINE_LENGTH = 2000;
const TIMEOUT_MS = 10_000;

/** Code around a finding at the commit that saw it last, with who last changed each line. */
export async function getFindingCode(ctx: Context, findingId: string, context: number): Promise<CodeView> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const place = await findingPlace(ctx, findingId);
  return takeGitTurn(place.finding.project.teamId, () => readCode(ctx, place, context, signal), signal);
}

async function readCode(ctx: Context, place: FindingPlace, context: number, signal: AbortSignal): Promise<CodeView> {
  const { finding, path, startLine, commit } = place;
  const { repository, bytes } = await readFindingFile(place, { maxBytes: MAX_FILE_BYTES, signal });
  if (!bytes) throw new AppError('not_found', 'the file is not there, or too large');
  const language = languageOfPath(path);
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n');
  const lines = maskSecrets(text, blobPlan(path).secrets).split('\n');
  const first = Math.max(1, startLine - context);
  const last = Math.min(lines.length, Math.max(startLine, finding.endLine ?? startLine) + context, first + 199);
  const shown = await highlight(lines, language, { from: first, to: last });
  const blamed = await blameOrNothing(ctx, repository, { commit, path, startLine: first, endLine: last }, signal);
  const authors = new Map(blamed.map((line) => [line.line, line]));
  return {
    path,
    commit,
    language,
    startLine: first,
    lines: shown.map((tokens, index) => {
      const number = first + index;
      const author = authors.get(number);
      return { number, tokens: cut(tokens), blame: author ? toBlame(author) : null };
    }),
  };
}

function toBlame({ commit, authorName, authoredAt, subject }: BlameLine) {
  return { commit, author: authorName, at: new Date(authoredAt * 1000).toISOString(), subject: maskSecrets(subject) };
}

function cut(tokens: readonly { text: string; kind: string }[]): { text: string; kind: string }[] {
  let left = MAX_LINE_LENGTH;
  return tokens.flatMap(({ text, kind }) => {
    const shown = text.slice(0, Math.max(0, left));
    left -= text.length;
    return shown ? [{ text: shown, kind }] : [];
  });
}
