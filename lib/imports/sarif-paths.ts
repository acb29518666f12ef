import { get, type JsonObject, objectOf, textAt } from './json-values';

const LONGEST_PATH = 1_000;
const MOST_BASES = 5;
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const DRIVE = /^[a-z]:[\\/]/i;

/** Why a place is none of the repository. */
export type PathProblem = 'outside' | 'unknown-file';

interface PlaceOfFile {
  uri: string;
  uriBaseId: string | null;
}

/** Files of the audited commit; null where this machine does not know them. */
export type KnownFiles = ReadonlySet<string> | null;

/** Reads places of one run as paths of the repository. */
export function createPathReader(run: JsonObject, files: KnownFiles) {
  const bases = objectOf(get(run, 'originalUriBaseIds'));
  const roots = new Set<string>();
  for (const id of Object.keys(bases).slice(0, 100)) {
    const root = segmentsOf(stripFile(textAt(bases, id, 'uri') ?? ''));
    if (root && root.length > 0) roots.add(root.join('/'));
  }
  const known = new Map<string, string | PathProblem>();

  return (place: PlaceOfFile): { path: string } | { problem: PathProblem } => {
    const key = `${place.uriBaseId ?? ''}\n${place.uri}`;
    let found = known.get(key);
    if (found === undefined) {
      found = read(place);
      known.set(key, found);
    }
    return found === 'outside' || found === 'unknown-file' ? { problem: found } : { path: found };
  };

  function read({ uri, uriBaseId }: PlaceOfFile): string | PathProblem {
    if (uri.length > LONGEST_PATH * 3) return 'outside';
    const isAbsolute = SCHEME.test(uri) || uri.startsWith('/') || DRIVE.test(uri);
    if (isAbsolute) return relative(uri);
    const own = segmentsOf(uri);
    if (!own || own.length === 0) return 'outside';
    const prefix = prefixOf(uriBaseId);
    if (prefix === null) return 'outside';
    const path = [...prefix, ...own].join('/');
    if (path.length > LONGEST_PATH) return 'outside';
    if (!files || files.has(path)) return path;
    // Some tools count from a folder of their own below the root.
    return 'unknown-file';
  }

  /** Folders between the root and a base that is itself relative; the root for an absolute one. null: refused. */
  function prefixOf(uriBaseId: string | null): string[] | null {
    const prefix: string[] = [];
    let id = uriBaseId;
    for (let step = 0; id !== null; step += 1) {
      if (step >= MOST_BASES) return null;
      const uri: string | null = textAt(bases, id, 'uri');
      if (uri === null || SCHEME.test(uri) || uri.startsWith('/')) break;
      const part = segmentsOf(uri);
      if (!part) return null;
      prefix.unshift(...part);
      id = textAt(bases, id, 'uriBaseId');
    }
    return prefix;
  }

  /** The longest end of an absolute path that is a file of the commit. */
  function relative(uri: string): string | PathProblem {
    const segments = segmentsOf(stripFile(uri));
    if (!segments || !files) return 'outside';
    for (let from = 0; from < segments.length; from += 1) {
      const isName = from === segments.length - 1;
      // A name alone is found in many places: only right below a root that the report names.
      if (isName && !roots.has(segments.slice(0, from).join('/'))) break;
      const path = segments.slice(from).join('/');
      if (files.has(path)) return path;
    }
    return 'outside';
  }
}

/** The path of a `file:` address of this machine; other addresses stay what they are. */
function stripFile(uri: string): string {
  return uri.replace(/^file:\/\/(?:localhost)?(?=\/)/i, '').replace(/^\/?([a-z]):[\\/]/i, '/$1/');
}

/** Names of a path; null for one that leads out of it or holds what no path does. */
function segmentsOf(uri: string): string[] | null {
  if (SCHEME.test(uri)) return null;
  const decoded = decode(uri.replace(/[?#].*$/s, ''));
  if (decoded === null || /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(decoded)) return null;
  const segments = decoded.split(/[\\/]/).filter((name) => name !== '' && name !== '.');
  return segments.includes('..') ? null : segments;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone % or bytes that are no UTF-8.
    return /%[0-9a-f]{2}/i.test(text) ? null : text;
  }
}
