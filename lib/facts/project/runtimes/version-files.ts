import type { StatedRuntime } from './stated-runtime';

const VERSION =
  /^(?:v|node-v?|python-|ruby-|php-|go|temurin-|corretto-|openjdk-|zulu-|adoptopenjdk-)?(\d{1,3}(?:\.\d{1,3}){0,2})/;

/** Only the first line: further ones are for tests against several versions. */
export function readVersionFile(product: string): (text: string) => StatedRuntime[] {
  return (text) => {
    const line = text.split('\n', 20).findIndex((one) => one.trim() !== '' && !one.startsWith('#'));
    const version = VERSION.exec(text.split('\n')[line]?.trim() ?? '')?.[1];
    return version === undefined ? [] : [{ line: line + 1, product, version: javaVersion(product, version) }];
  };
}

const TOOLS: Readonly<Record<string, string>> = {
  nodejs: 'node',
  node: 'node',
  python: 'python',
  ruby: 'ruby',
  php: 'php',
  golang: 'go',
  go: 'go',
  java: 'java',
  dotnet: 'dotnet',
  'dotnet-core': 'dotnet',
};

export function readToolVersions(text: string): StatedRuntime[] {
  return text.split('\n').flatMap((line, index): StatedRuntime[] => {
    const [tool = '', stated = ''] = line.trim().split(/\s+/, 2);
    const product = Object.hasOwn(TOOLS, tool) ? TOOLS[tool] : undefined;
    const version = VERSION.exec(stated)?.[1];
    if (product === undefined || version === undefined) return [];
    return [{ line: index + 1, product, version: javaVersion(product, version) }];
  });
}

/** A program runs on the framework it names; a library runs on whatever its user has. */
export function readProject(text: string): StatedRuntime[] {
  const isProgram =
    /<OutputType>\s{0,5}(?:Win)?Exe/i.test(text) || /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)"/.test(text);
  const match = isProgram
    ? /<TargetFramework>\s{0,5}net(?:coreapp)?(\d{1,2}\.\d)(?:-[\w.]{1,40})?\s{0,5}</.exec(text)
    : null;
  if (!match?.[1]) return [];
  return [{ line: text.slice(0, match.index).split('\n').length, product: 'dotnet', version: match[1] }];
}

/** `1.8` is how Java 8 was called. */
function javaVersion(product: string, version: string): string {
  return product === 'java' ? version.replace(/^1\.(?=\d)/, '') : version;
}
