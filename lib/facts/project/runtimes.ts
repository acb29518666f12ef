import type { RuntimeFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { parseJson, property, stringOf } from './json-value';
import { parseTomlText } from './manifests/python';
import { isOfProduct } from './product-files';
import { nameOf, type ProjectText } from './project-text';
import { readComposeImages, readDockerfile } from './runtimes/container-images';
import type { StatedRuntime } from './runtimes/stated-runtime';
import { readProject, readToolVersions, readVersionFile } from './runtimes/version-files';

type RuntimeReader = (text: string) => StatedRuntime[];

const NODE_NAMES: Readonly<Record<string, string>> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

const READERS: ReadonlyMap<string, RuntimeReader> = new Map<string, RuntimeReader>([
  ['.nvmrc', readNodeVersion],
  ['.node-version', readNodeVersion],
  ['.python-version', readVersionFile('python')],
  ['runtime.txt', readVersionFile('python')],
  ['.ruby-version', readVersionFile('ruby')],
  ['.php-version', readVersionFile('php')],
  ['.go-version', readVersionFile('go')],
  ['.java-version', readVersionFile('java')],
  ['.tool-versions', readToolVersions],
  ['package.json', readPackage],
  ['composer.json', readComposer],
  ['Pipfile', readPipfile],
  ['global.json', readGlobalJson],
  ['Gemfile', readGemfile],
]);

const DOCKERFILE = /^(?:docker|container)file(?:\.[\w-]+)?$|\.dockerfile$/i;
const COMPOSE = /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/i;
const MAX_CHARACTERS = 256_000;
const MAX_ROWS = 2_000;

export function isRuntimeFile(path: string): boolean {
  return readerOf(path) !== null;
}

/** Run-times and base images whose version the product's own files state. Floors such as `>=18` state none. */
export function readRuntimes(texts: readonly ProjectText[]): RuntimeFact[] {
  const rows = texts.flatMap(({ path, text }) => {
    const read = isOfProduct(path) && text.length <= MAX_CHARACTERS ? readerOf(path) : null;
    return read ? read(text).map((row) => ({ path, ...row })) : [];
  });
  return rows
    .sort(
      (a, b) =>
        compareText(a.path, b.path) ||
        a.line - b.line ||
        compareText(a.product, b.product) ||
        compareText(a.version, b.version),
    )
    .slice(0, MAX_ROWS);
}

function readerOf(path: string): RuntimeReader | null {
  const name = nameOf(path);
  const known = READERS.get(name);
  if (known) return known;
  if (DOCKERFILE.test(name)) return readDockerfile;
  if (COMPOSE.test(name)) return readComposeImages;
  return name.endsWith('.csproj') ? readProject : null;
}

function readNodeVersion(text: string): StatedRuntime[] {
  const name = /^lts\/([a-z]{1,20})\s*$/.exec(text.trim())?.[1];
  const version = name === undefined ? undefined : NODE_NAMES[name];
  return version === undefined ? readVersionFile('node')(text) : [{ line: 1, product: 'node', version }];
}

/** `engines` is a floor as a rule; only an exact version or a line of them is what the program runs on. */
function readPackage(text: string): StatedRuntime[] {
  const json = parseJson(text);
  const pinned = stringOf(property(json, 'volta', 'node')) ?? '';
  const engine = /^\s*v?(\d{1,3}(?:\.\d{1,3}){0,2})(?:\.x|\.\*){0,2}\s*$/.exec(
    stringOf(property(json, 'engines', 'node')) ?? '',
  )?.[1];
  const version = /^\d[\d.]*$/.test(pinned) ? pinned : engine;
  return version === undefined ? [] : [{ line: lineOf(text, '"node"'), product: 'node', version }];
}

function readComposer(text: string): StatedRuntime[] {
  const version = stringOf(property(parseJson(text), 'config', 'platform', 'php')) ?? '';
  return /^\d+\.\d[\d.]*$/.test(version) ? [{ line: lineOf(text, '"platform"'), product: 'php', version }] : [];
}

function readPipfile(text: string): StatedRuntime[] {
  const requires = property(parseTomlText(text), 'requires');
  const version = stringOf(property(requires, 'python_full_version')) ?? stringOf(property(requires, 'python_version'));
  return version && /^\d+\.\d[\d.]*$/.test(version)
    ? [{ line: lineOf(text, '[requires]'), product: 'python', version }]
    : [];
}

function readGlobalJson(text: string): StatedRuntime[] {
  const version = /^\d{1,2}\.\d{1,2}/.exec(stringOf(property(parseJson(text), 'sdk', 'version')) ?? '')?.[0];
  return version === undefined ? [] : [{ line: lineOf(text, '"version"'), product: 'dotnet', version }];
}

function readGemfile(text: string): StatedRuntime[] {
  return text.split('\n').flatMap((line, index): StatedRuntime[] => {
    const version = /^ruby[ (]\s{0,3}["'](\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)["']/.exec(line)?.[1];
    return version === undefined ? [] : [{ line: index + 1, product: 'ruby', version }];
  });
}

function lineOf(text: string, mark: string): number {
  return text.slice(0, Math.max(0, text.indexOf(mark))).split('\n').length;
}
