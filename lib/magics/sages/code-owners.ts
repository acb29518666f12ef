import picomatch from 'picomatch';
import { compileSettingsGlob } from '../path-globs';

/** Where hosts look for it, the first that is there. */
export const CODE_OWNERS_PLACES = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
  '.gitea/CODEOWNERS',
] as const;

export interface OwnerLine {
  line: number;
  pattern: string;
  owners: string[];
  /** Why the host ignores the line, else null. */
  error: 'owner' | 'pattern' | null;
}

const OWNER = /^(?:@{1,2}[\p{L}\p{N}_.-]+(?:\/[\p{L}\p{N}_./-]+)*|[^\s@]+@[^\s@]+\.[^\s@]+)$/u;
const SECTION = /^\^?\[(?<name>[^\]]+)\](?:\[\d+\])?\s*(?<owners>.*)$/;

/** Reads CODEOWNERS as GitHub, GitLab and Gitea do; owners of a GitLab section stand in for lines without any. */
export function parseCodeOwners(text: string): OwnerLine[] {
  const found: OwnerLine[] = [];
  let sectionOwners: string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const content = raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (content === '') return;
    const section = SECTION.exec(content);
    if (section) {
      sectionOwners = (section.groups?.owners ?? '').split(/\s+/).filter(Boolean);
      return;
    }
    const [pattern = '', ...named] = content.replace(/\\ /g, '\0').split(/\s+/);
    const owners = named.length > 0 ? named : sectionOwners;
    const isNegated = pattern.startsWith('!');
    const error = isNegated ? 'pattern' : owners.some((owner) => !OWNER.test(owner)) ? 'owner' : null;
    found.push({ line: index + 1, pattern: pattern.replaceAll('\0', ' '), owners, error });
  });
  return found;
}

/** Git-ignore patterns without negation: a slash before the end anchors, a directory holds all below. */
export function ownerMatcher(pattern: string): (path: string) => boolean {
  const trimmed = pattern.replace(/\/$/, '');
  const isAnchored = trimmed.includes('/');
  const glob = trimmed.replace(/^\//, '');
  if (glob === '' || glob === '*' || glob === '**') return () => true;
  const base = isAnchored ? glob : `**/${glob}`;
  const forms = pattern.endsWith('/') ? [`${base}/**`] : pattern.endsWith('/*') ? [base] : [base, `${base}/**`];
  return picomatch(forms, { dot: true, nonegate: true, noextglob: true, nobrace: true });
}

/** Length of the text times that of the path: beyond it the file is read as if it said nothing. */
const MOST_WORK = 10_000_000;

/** Who owns a path: the last line that speaks of it says, also when it names nobody. Without regular expressions of the text. */
export function ownersOf(text: string, path: string): string[] {
  if (text.length * path.length > MOST_WORK) return [];
  const lines = parseCodeOwners(text).filter(({ error }) => error === null);
  return lines.findLast(({ pattern }) => isOwnedBy(pattern, path))?.owners ?? [];
}

function isOwnedBy(pattern: string, path: string): boolean {
  const trimmed = pattern.replace(/\/$/, '');
  const base = trimmed.includes('/') ? trimmed.replace(/^\//, '') : `**/${trimmed}`;
  if (base === '' || base === '**/*' || base === '**/**') return true;
  if (pattern.endsWith('/*'))
    return compileSettingsGlob(base)(path) && path.split('/').length === base.split('/').length;
  return compileSettingsGlob(pattern.endsWith('/') ? `${base}/**` : base)(path);
}
