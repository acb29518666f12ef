import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNoCache } from '@/lib/facts/cache/memory-cache';
import { collectPackedBlob } from '@/lib/facts/packed-blob';
import { planCommit, readFacts } from '@/lib/facts/read-repository';
import { openGitDir } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import type { Sketch, SketchCommit } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';
import { canonicalJson } from '@/lib/magics/hash';
import { keep, readKept } from './sketch-cache';

const FIRST_COMMIT_AT = Date.UTC(2024, 0, 1, 12) / 1000;
const DAY = 86_400;
const DEFAULT_AUTHOR = 'Ada Example <ada@example.com>';

const known = new Map<string, Promise<Facts>>();

/** Builds the repository a sketch describes and reads it with the real readers, unless they read the same before. */
export async function factsFrom(sketch: Sketch): Promise<Facts> {
  const facts = await gitFactsFrom(sketch);
  return {
    ...facts,
    provider: sketch.provider ?? facts.provider,
    scores: sketch.scores ?? facts.scores,
    lastAudit: sketch.lastAudit ?? facts.lastAudit,
    advisories: sketch.advisories ?? facts.advisories,
  };
}

function gitFactsFrom(sketch: Sketch): Promise<Facts> {
  const key = canonicalJson({
    files: sketch.files,
    commits: sketch.commits,
    tags: sketch.tags,
  });
  const earlier = known.get(key);
  if (earlier) return earlier;
  const read = readOnce(key, sketch);
  known.set(key, read);
  return read;
}

async function readOnce(key: string, sketch: Sketch): Promise<Facts> {
  const kept = readKept<Facts>(key);
  if (kept) return kept;
  const read = await readSketch(sketch);
  keep(key, read);
  return read;
}

async function readSketch(sketch: Sketch): Promise<Facts> {
  const gitDir = await mkdtemp(join(tmpdir(), 'elder-sketch-'));
  try {
    await buildRepository(gitDir, sketch);
    const repository = await openGitDir(gitDir);
    const context = { repository, cache: createNoCache(), pool: { collect: collectPackedBlob } };
    return (await readFacts(context, await planCommit(context))).facts;
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** Makes a bare repository of a sketch with one `git fast-import`. */
export async function buildRepository(gitDir: string, sketch: Sketch): Promise<void> {
  // What `git init --bare` makes, without starting Git for each of hundreds of sketches.
  await Promise.all(['objects', 'refs/heads'].map((folder) => mkdir(join(gitDir, folder), { recursive: true })));
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(gitDir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  await runGit(['fast-import', '--quiet', '--force'], { gitDir, input: importStream(sketch) });
}

export function importStream(sketch: Sketch): string {
  const commits = sketch.commits ?? [{ message: 'feat: begin', files: sketch.files ?? {} }];
  const out: string[] = ['feature done\n'];
  let at = FIRST_COMMIT_AT;
  commits.forEach((commit, index) => {
    at = commit.at ? secondsOf(commit.at) : at + DAY;
    const files = index === 0 && sketch.commits ? { ...sketch.files, ...commit.files } : (commit.files ?? {});
    out.push(commitCommand(commit, index, at, files));
  });
  sketch.tags?.forEach(({ name, commit, isAnnotated, at: taggedAt }) => {
    out.push(
      isAnnotated
        ? `tag ${name}\nfrom :${commit + 1}\ntagger ${DEFAULT_AUTHOR} ${taggedAt ? secondsOf(taggedAt) : at} +0000\n${data(name)}`
        : `reset refs/tags/${name}\nfrom :${commit + 1}\n\n`,
    );
  });
  out.push(`reset refs/heads/main\nfrom :${commits.length}\n\ndone\n`);
  return out.join('');
}

function commitCommand(commit: SketchCommit, index: number, at: number, files: Record<string, string | null>): string {
  const author = commit.author ?? DEFAULT_AUTHOR;
  const authoredAt = commit.authoredAt ? secondsOf(commit.authoredAt) : at;
  const parent = commit.parent ?? index - 1;
  const changes = Object.entries(files).map(([path, text]) =>
    text === null ? `D ${quote(path)}\n` : `M ${modeOf(path, text)} inline ${quote(path)}\n${data(text)}`,
  );
  return [
    `commit refs/sketch/${index}\nmark :${index + 1}\n`,
    `author ${author} ${authoredAt} +0000\ncommitter ${commit.committer ?? author} ${at} +0000\n`,
    data(commit.message),
    parent >= 0 ? `from :${parent + 1}\n` : '',
    commit.merges === undefined ? '' : `merge :${commit.merges + 1}\n`,
    ...changes,
    '\n',
  ].join('');
}

function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}

function modeOf(path: string, text: string): string {
  return path.endsWith('.sh') || text.startsWith('#!') ? '100755' : '100644';
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quote(path: string): string {
  const escaped = path.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
  return `"${escaped}"`;
}
