import type { Ecosystem } from '@/lib/schemas/dependencies';

/** Names of registries and tools: the same in every language. */
export const ECOSYSTEM_NAMES: Readonly<Record<Ecosystem, string>> = {
  npm: 'npm',
  python: 'PyPI',
  go: 'Go',
  cargo: 'Cargo',
  maven: 'Maven',
  gradle: 'Gradle',
  composer: 'Composer',
  bundler: 'RubyGems',
  nuget: 'NuGet',
};
