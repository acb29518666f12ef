import { automationOf, isMerge } from '../commits';
import type { CommitFact } from '../facts/history';

/** Authors in file histories are known by their address only. */
export const isPerson = (author: string): boolean =>
  !/\[bot\]|\bbot@|^(?:dependabot|renovate|github-actions|semantic-release-bot)\b/i.test(author);

const isFullName = (name: string) => /\S\s+\S|^\p{Script=Han}{2,}$/u.test(name.trim());
const ADDRESS = /^(?<name>[^<]*)<(?<email>[^<>\s]+)>/;
const nameKey = (name: string) => name.trim().toLowerCase().replace(/\s+/g, ' ');

/** Tells which person made a commit; addresses used under one full name are one person. */
export function personReader(commits: readonly CommitFact[]): (email: string) => string {
  const names = new Map<string, string>();
  const note = (name: string, email: string) => {
    if (!isFullName(name)) return;
    const key = nameKey(name);
    const known = names.get(email);
    if (known === undefined || key < known) names.set(email, key);
  };
  for (const commit of commits) {
    note(commit.authorName, commit.author);
    for (const { name, email } of coAuthorsOf(commit)) note(name, email);
  }
  return (email) => names.get(email) ?? email;
}

function coAuthorsOf(commit: CommitFact): { name: string; email: string }[] {
  return commit.trailers.flatMap(({ key, value }) => {
    if (key.toLowerCase() !== 'co-authored-by') return [];
    const { name, email } = ADDRESS.exec(value)?.groups ?? {};
    if (email === undefined || !isPerson(email) || !isPerson(name ?? '')) return [];
    const isAgent = automationOf({
      isBot: false,
      author: email,
      authorName: name ?? '',
      trailers: [{ key, value }],
      body: '',
    });
    return isAgent ? [] : [{ name: name ?? '', email: email.toLowerCase() }];
  });
}

/** Addresses of the people who wrote a commit: the author and those who wrote it with them. */
export function writersOf(commit: CommitFact): string[] {
  if (commit.isBot || isMerge(commit)) return [];
  return [commit.author, ...coAuthorsOf(commit).map(({ email }) => email)];
}
