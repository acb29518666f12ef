import type { OsvEcosystem } from '../advisory-data';
import { compareKeys, type Key } from './compare-parts';
import { composerKey } from './composer';
import { compareMaven } from './maven';
import { pythonKey } from './python';
import { rubyKey } from './ruby';
import { nugetKey, semanticKey } from './semantic';

const KEYS: Readonly<Record<Exclude<OsvEcosystem, 'Maven'>, (version: string) => Key | null>> = {
  npm: semanticKey,
  'crates.io': semanticKey,
  Go: semanticKey,
  NuGet: nugetKey,
  PyPI: pythonKey,
  RubyGems: rubyKey,
  Packagist: composerKey,
};

/** Order of two versions in their ecosystem; null when one of them is no version there. */
export function compareVersions(ecosystem: OsvEcosystem, a: string, b: string): number | null {
  if (ecosystem === 'Maven') return compareMaven(a, b);
  const key = KEYS[ecosystem];
  const [one, other] = [key(a), key(b)];
  return one === null || other === null ? null : compareKeys(one, other);
}
