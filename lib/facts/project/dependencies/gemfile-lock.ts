import { joinPath, nameOf, parentPath } from '../project-text';
import { fromGraph, type GraphNode, type LockedPackage, type LockInput, type Root } from './locked-package';

const GEM = /^ {4}([\w.-]{1,100}) \(([0-9][\w.]{0,60})(?:-[\w.-]{1,60})?\)$/;
const NEED = /^ {6}([\w.-]{1,100})(?: |$)/;
const WANTED = /^ {2}([\w.-]{1,100})!?(?: |$)/;
const DEVELOPMENT = /:(?:development|test|ci|doc|lint)\b|["'](?:development|test|ci|doc|lint)["']/;

/** Only gems of a server: those of a path or of Git have no published version. */
export function readGemfileLock({ path, text, siblings }: LockInput): LockedPackage[] | null {
  const nodes = new Map<string, GraphNode & { edges: string[] }>();
  const wanted: string[] = [];
  let section = '';
  let gem: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    if (/^[A-Z]/.test(line)) section = line;
    else if (section === 'DEPENDENCIES') wanted.push(WANTED.exec(line)?.[1] ?? '');
    else if (section === 'GEM') {
      const [, name, version] = GEM.exec(line) ?? [];
      const need = NEED.exec(line)?.[1];
      if (name && version) {
        // A gem for several platforms stands there once for each.
        const known = nodes.get(name);
        gem = known?.edges ?? [];
        if (!known) nodes.set(name, { id: name, name, version, line: index + 1, edges: gem });
      } else if (need !== undefined) gem.push(need);
    }
  }
  if (section === '') return null;
  const manifest = joinPath(parentPath(path), nameOf(path) === 'gems.locked' ? 'gems.rb' : 'Gemfile');
  const development = developmentGems(siblings.find((file) => file.path === manifest)?.text ?? '');
  const roots: Root[] = wanted
    .filter((name) => name !== '')
    .map((id) => ({ id, isDevelopment: development.has(id), manifest }));
  return fromGraph([...nodes.values()], roots);
}

/** Gems inside `group :test do … end`, and those with a group of their own. */
function developmentGems(gemfile: string): Set<string> {
  const names = new Set<string>();
  let isInGroup = false;
  for (const line of gemfile.split('\n')) {
    const code = line.trim();
    if (/^group\b.{0,200}\bdo$/.test(code))
      isInGroup = DEVELOPMENT.test(code) && !/:default\b|:production\b/.test(code);
    else if (/^end\b/.test(code)) isInGroup = false;
    const gem = /^gem[ (]\s{0,3}["']([\w.-]{1,100})["'](.{0,300})/.exec(code);
    if (!gem?.[1]) continue;
    const rest = gem[2] ?? '';
    if (isInGroup || (/\bgroups?:|:groups?\s{0,3}=>/.test(rest) && DEVELOPMENT.test(rest))) names.add(gem[1]);
  }
  return names;
}
