import { showHidden } from '@/lib/magics/hidden-text';

const LONGEST = 56;

/** A path cut in the middle, so that the file's name stays. */
export function shortPath(raw: string, longest = LONGEST): string {
  const path = showHidden(raw);
  if (path.length <= longest) return path;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.length + 4 >= longest) return `…${name.slice(-(longest - 1))}`;
  const rest = longest - name.length - 2;
  return `${path.slice(0, rest)}…/${name}`;
}
