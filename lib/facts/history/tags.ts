import type { GitRepository } from '@/lib/git/open-local';
import { toSeconds } from '@/lib/git/refs';
import { startGit } from '@/lib/git/run-git';
import { splitOn } from '@/lib/git/split-on';
import type { TagFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { maskSecrets } from '../text/secrets';

const MAX_TAGS = 20_000;
const FIELDS = ['refname:strip=2', 'objecttype', 'objectname', '*objecttype', '*objectname', 'creatordate:unix'];

/** Tags of commits, sorted by name; whether the audited commit holds theirs is for whoever knows the history. */
export async function listTags(
  repository: GitRepository,
  signal?: AbortSignal,
): Promise<Omit<TagFact, 'isReachable'>[]> {
  const format = FIELDS.map((field) => `%(${field})`).join('%00');
  const git = startGit(['for-each-ref', `--count=${MAX_TAGS}`, `--format=${format}%00`, 'refs/tags/'], {
    gitDir: repository.gitDir,
    signal,
  });
  git.stdin.end();
  const tags: Omit<TagFact, 'isReachable'>[] = [];
  let fields: string[] = [];
  for await (const field of splitOn('\0', git.stdout)) {
    fields.push(fields.length === 0 ? field.replace(/^\n/, '') : field);
    if (fields.length < FIELDS.length) continue;
    const [name = '', type, id = '', peeledType, peeledId = '', at] = fields;
    fields = [];
    const isAnnotated = type === 'tag';
    if ((isAnnotated ? peeledType : type) !== 'commit') continue;
    const commitId = isAnnotated ? peeledId : id;
    tags.push({ name: maskSecrets(name), commitId, at: toSeconds(at), isAnnotated });
  }
  return tags.sort((a, b) => compareText(a.name, b.name));
}
