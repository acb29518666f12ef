import type { StatedRuntime } from './stated-runtime';

const PRODUCTS: Readonly<Record<string, string>> = {
  node: 'node',
  python: 'python',
  ruby: 'ruby',
  php: 'php',
  golang: 'go',
  'eclipse-temurin': 'java',
  amazoncorretto: 'java',
  openjdk: 'java',
  debian: 'debian',
  ubuntu: 'ubuntu',
  alpine: 'alpine',
  'buildpack-deps': 'debian',
  'mcr.microsoft.com/dotnet/sdk': 'dotnet',
  'mcr.microsoft.com/dotnet/aspnet': 'dotnet',
  'mcr.microsoft.com/dotnet/runtime': 'dotnet',
  'mcr.microsoft.com/dotnet/runtime-deps': 'dotnet',
  'mcr.microsoft.com/dotnet/core/sdk': 'dotnet',
  'mcr.microsoft.com/dotnet/core/aspnet': 'dotnet',
  'mcr.microsoft.com/dotnet/core/runtime': 'dotnet',
};

/** Names of releases that tags use in place of numbers. */
const RELEASES: Readonly<Record<string, { product: string; version: string }>> = {
  jessie: { product: 'debian', version: '8' },
  stretch: { product: 'debian', version: '9' },
  buster: { product: 'debian', version: '10' },
  bullseye: { product: 'debian', version: '11' },
  bookworm: { product: 'debian', version: '12' },
  trixie: { product: 'debian', version: '13' },
  xenial: { product: 'ubuntu', version: '16.04' },
  bionic: { product: 'ubuntu', version: '18.04' },
  focal: { product: 'ubuntu', version: '20.04' },
  jammy: { product: 'ubuntu', version: '22.04' },
  noble: { product: 'ubuntu', version: '24.04' },
};

const MAX_LINES = 5_000;

export function readDockerfile(text: string): StatedRuntime[] {
  const values = new Map<string, string>();
  const stages = new Set<string>();
  let hasStage = false;
  return text.split('\n', MAX_LINES).flatMap((line, index) => {
    // Only values given before the first stage are known to `FROM`.
    const argument = hasStage ? null : /^\s*ARG\s+(\w{1,80})=["']?([\w.:/@-]{1,200})["']?\s*$/i.exec(line);
    if (argument?.[1] && argument[2]) values.set(argument[1], argument[2]);
    const from = /^\s*FROM\s+(?:--platform=\S{1,100}\s+)?(\S{1,300})(?:\s+AS\s+(\S{1,100}))?/i.exec(line);
    if (!from?.[1]) return [];
    hasStage = true;
    const isStage = stages.has(from[1].toLowerCase());
    if (from[2]) stages.add(from[2].toLowerCase());
    return isStage ? [] : readImage(withValues(from[1], values), index + 1);
  });
}

export function readComposeImages(text: string): StatedRuntime[] {
  return text.split('\n', MAX_LINES).flatMap((line, index) => {
    const image = /^\s+image:\s{1,5}["']?([\w./:@-]{1,300})["']?\s*(?:#.*)?$/.exec(line)?.[1];
    return image === undefined ? [] : readImage(image, index + 1);
  });
}

/** `${NAME}`, `$NAME` and `${NAME:-default}`. */
function withValues(image: string, values: ReadonlyMap<string, string>): string {
  return image.replace(
    /\$\{(\w{1,80})(?::?-([\w.:/@-]{0,200}))?\}|\$(\w{1,80})/g,
    (whole, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values.get(braced ?? bare ?? '') ?? fallback ?? whole,
  );
}

/** The run-time of an image, and the system below it where the tag names one. */
function readImage(reference: string, line: number): StatedRuntime[] {
  const [named = ''] = reference.split('@', 1);
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return [];
  const name = named
    .slice(0, colon)
    .toLowerCase()
    .replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
  const tag = named.slice(colon + 1).toLowerCase();
  const product = Object.hasOwn(PRODUCTS, name) ? PRODUCTS[name] : undefined;
  if (product === undefined || tag.includes('$')) return [];
  const rows: StatedRuntime[] = [];
  const number = /^(\d{1,3}(?:\.\d{1,3}){0,2})(?![\w.])/.exec(tag)?.[1];
  if (number !== undefined) rows.push({ line, product, version: number });
  const alpine = /-alpine(\d\.\d{1,2})(?![\d.])/.exec(tag)?.[1];
  if (alpine !== undefined) rows.push({ line, product: 'alpine', version: alpine });
  for (const part of tag.split('-')) {
    const release = Object.hasOwn(RELEASES, part) ? RELEASES[part] : undefined;
    // The number of a system's own image says the same as its name.
    if (release && !rows.some((row) => row.product === release.product)) rows.push({ line, ...release });
  }
  return rows;
}
