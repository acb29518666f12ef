import { readFile, stat } from 'node:fs/promises';
import { type ChainCheck, type ChainEntry, type ChainProblem, checkChains } from '@/lib/evidence/check-chain';
import { checkEvidence } from '@/lib/evidence/check-evidence';
import { type PublicKey, readPublicKeys } from '@/lib/evidence/keys';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import type { VerifyArguments } from './arguments';

const LARGEST_BYTES = 256 * 1024 * 1024;

/** The message is for the person at the terminal. */
export class UnusableFile extends Error {}

type Texts = (typeof CLI_TEXTS)['en'];

/** Checks every line of every file, and how they follow one another. Throws `UnusableFile`. */
export async function verifyFiles(
  { files, key }: VerifyArguments,
  language: Language,
): Promise<{ text: string; holds: boolean }> {
  const t = CLI_TEXTS[language];
  const keys = key === undefined ? null : await loadKeys(key, t);
  const said: string[] = [];
  const entries: ChainEntry[] = [];
  let holds = true;
  for (const file of files) {
    const lines = linesOf(await read(file, t));
    if (lines.length === 0) {
      holds = false;
      said.push(`✘ ${t.verify.fails(plain(file), t.verify.problems.empty)}`);
    }
    for (const [index, text] of lines.entries()) {
      const line = index + 1;
      const place = placeOf({ file, line, isAlone: lines.length === 1 }, t);
      const check = checkEvidence(text, keys);
      if (check.problem === null) {
        const entry = { ...check, file, line };
        entries.push(entry);
        if (lines.length === 1) said.push(`✔ ${t.verify.holds(place, sayWhat(entry, t))}`);
      } else {
        holds = false;
        said.push(`✘ ${t.verify.fails(place, t.verify.problems[check.problem])}`);
      }
    }
  }
  for (const chain of checkChains(entries)) {
    holds &&= chain.problems.length === 0;
    said.push(describeChain(chain, t));
  }
  if (entries.length > 0) said.push(keys ? t.verify.pinned(keys.length) : t.verify.unpinned);
  return { text: `${said.join('\n')}\n`, holds };
}

async function loadKeys(file: string, t: Texts): Promise<PublicKey[]> {
  const keys = readPublicKeys((await read(file, t)) ?? '');
  if (keys.length === 0) throw new UnusableFile(t.verify.noKey(plain(file)));
  return keys;
}

/** null when it is no UTF-8. */
async function read(file: string, t: Texts): Promise<string | null> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) throw new UnusableFile(t.errors.largeFile(plain(file)));
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    const cause = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new UnusableFile(
      cause === 'ENOENT' ? t.errors.nothingThere(plain(file)) : t.errors.unreadableFile(plain(file), cause),
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** One envelope a line. What is no text is one line that is no evidence. */
function linesOf(text: string | null): string[] {
  if (text === null) return ['\u0000'];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function placeOf({ file, line, isAlone }: { file: string; line: number; isAlone: boolean }, t: Texts): string {
  return isAlone ? plain(file) : t.verify.place(plain(file), line);
}

function sayWhat({ statement, keyId }: ChainEntry, t: Texts): string {
  const { subject, predicate } = statement;
  const { audit, chain, gate, health, outcome, producer, project } = predicate;
  return [
    t.verify.entry({
      sequence: chain.sequence,
      project: plain(project.name),
      number: audit.number,
      commit: subject[0].digest.gitCommit,
      endedAt: audit.endedAt,
    }),
    t.verify.result(
      t.verify.outcome[outcome],
      health.score?.toFixed(1) ?? '–',
      t.verify.gates[gate?.verdict ?? 'none'],
    ),
    t.verify.signer(keyId, plain(producer.version)),
  ].join('\n  ');
}

function describeChain({ projectName, first, last, head, problems }: ChainCheck, t: Texts): string {
  const name = plain(projectName);
  return [
    problems.length === 0 ? `✔ ${t.verify.chainHolds(name, first, last)}` : `✘ ${t.verify.chainFails(name)}`,
    ...problems.map((problem) => `  ✘ ${sentenceOf(problem, t)}`),
    t.verify.head(last, head),
  ].join('\n');
}

function sentenceOf(problem: ChainProblem, t: Texts): string {
  const { chainProblems, place } = t.verify;
  if (problem.kind === 'missing') return chainProblems.missing(problem.from, problem.to);
  const where = place(plain(problem.file), problem.line);
  if (problem.kind === 'reordered') return chainProblems.reordered(where, problem.sequence, problem.after);
  return chainProblems[problem.kind](where, problem.sequence);
}
