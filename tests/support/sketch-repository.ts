import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '@/lib/git/run-git';
import type { Sketch, SketchCommit } from '@/lib/magics/define';

const FIRST_COMMIT_AT = Date.UTC(2024, 0, 1, 12) / 1000;
const DAY = 86_400;
const DEFAULT_AUTHOR = 'Ada Example <ada@example.com>';

/**
 * Makes a bare repository of a sketch with one `git fast-import`. Objects lie apart, as tests that damage them expect, or in a
 * pack, which spares a process and most of the files.
 */
export async function buildRepository(gitDir: string, sketch: Sketch, { isPacked = false } = {}): Promise<void> {
  // What `git init --bare` makes, without starting Git for each of hundreds of sketches.
  await Promise.all(['objects', 'refs/heads'].map((folder) => mkdir(join(gitDir, folder), { recursive: true })));
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/main\n');
  const fastImport = isPacked ? '[fastimport]\n\tunpackLimit = 1\n' : '';
  await writeFile(join(gitDir, 'config'), `[core]\n\trepositoryformatversion = 0\n\tbare = true\n${fastImport}`);
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
