import { env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';

/** Parts of addresses that stand between owner and name, or before both, and are no part of the path at the host. */
const FILLERS: ReadonlySet<string> = new Set(['_git', 'scm', 'v3']);

/** Where the host's API would look for the repository of an address, as far as the address tells. */
export function pathOfAddress(repositoryUrl: string): string {
  const url = parse(repositoryUrl);
  return (url?.path ?? '')
    .split('/')
    .filter((part) => !FILLERS.has(part.toLowerCase()))
    .map(decode)
    .join('/');
}

/**
 * The address of a repository at the same host after it moved; null when its old path is not in the address, or when the
 * new one is no path that we would take from a person.
 */
export function movedAddress(repositoryUrl: string, formerPath: string, path: string): RepositoryUrl | null {
  const url = parse(repositoryUrl);
  if (!url || url.kind === 'local') return null;
  const former = formerPath.split('/');
  const moved = path.split('/');
  const parts = url.url.split('/');
  const suffix = /\.git$/i.exec(parts.at(-1) ?? '')?.[0] ?? '';
  parts[parts.length - 1] = (parts.at(-1) ?? '').slice(0, -suffix.length || undefined);
  // From the end, past the fillers: what stands before is the host, and a prefix of its own.
  let at = parts.length - 1;
  const places: number[] = [];
  for (const name of former.toReversed()) {
    while (at > 2 && FILLERS.has((parts[at] ?? '').toLowerCase())) at -= 1;
    if (at <= 2 || decode(parts[at] ?? '').toLowerCase() !== name.toLowerCase()) return null;
    places.unshift(at);
    at -= 1;
  }
  const encoded = moved.map(encodeURIComponent);
  if (moved.length === former.length) {
    for (const [index, place] of places.entries()) parts[place] = encoded[index] ?? '';
  } else {
    // Groups within groups: one run of parts takes the place of another.
    const [first = 0] = places;
    if (places.some((place, index) => place !== first + index)) return null;
    parts.splice(first, places.length, ...encoded);
  }
  return parse(parts.join('/') + suffix);
}

function parse(text: string): RepositoryUrl | null {
  try {
    const { ALLOW_LOCAL_REPOSITORIES: allowLocal, ALLOWED_HOSTS: allowedHosts } = env();
    return parseRepositoryUrl(text, { allowLocal, allowedHosts });
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
