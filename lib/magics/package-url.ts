import type { DependencyFact } from './facts/project';

const TYPES: Record<DependencyFact['ecosystem'], string> = {
  npm: 'npm',
  python: 'pypi',
  go: 'golang',
  cargo: 'cargo',
  maven: 'maven',
  gradle: 'maven',
  composer: 'composer',
  bundler: 'gem',
  nuget: 'nuget',
};

/** Identity of a package in every tool that reads bills of materials: `pkg:npm/%40scope/name@1.0.0`. */
export function packageUrl({
  ecosystem,
  name,
  version,
}: Pick<DependencyFact, 'ecosystem' | 'name' | 'version'>): string {
  const type = TYPES[ecosystem];
  const segments = (type === 'maven' ? name.split(':') : name.split('/')).filter((part) => part !== '');
  const written = segments.map((segment) => encoded(isCaseless(type) ? segment.toLowerCase() : segment)).join('/');
  return `pkg:${type}/${written}@${encoded(version)}`;
}

function isCaseless(type: string): boolean {
  return type === 'pypi' || type === 'composer' || type === 'golang';
}

/** As the specification of package URLs asks: all but letters, digits and `.-_~:` in per cent form. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ':');
}
