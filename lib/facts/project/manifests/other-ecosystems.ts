import { keysOf, parseJson, property, stringOf, stringsOf } from '../json-value';
import { joinPath } from '../project-text';
import { type ManifestContext, type ManifestDraft, sortedUnique } from './draft';
import { parseTomlText } from './python';

export function readGoMod(text: string, { hasPath, directory }: ManifestContext): ManifestDraft | null {
  const name = /^module\s+"?([^\s"]+)/m.exec(text)?.[1];
  if (!name) return null;
  const requires: string[] = [];
  const replaced: string[] = [];
  for (const line of text.split('\n')) {
    const [first = '', second = '', third = ''] = line
      .trim()
      .replace(/^(?:require|replace) +/, '')
      .split(/\s+/, 3);
    if (line.includes('=>')) {
      const target = line.slice(line.indexOf('=>') + 2).trim();
      if (/^\.{0,2}\//.test(target)) replaced.push(first);
    } else if (/^v\d/.test(second) && first.includes('.') && !(third === '//' && line.includes('// indirect'))) {
      requires.push(first);
    }
  }
  return {
    ecosystem: 'go',
    name,
    version: null,
    dependencies: sortedUnique(requires),
    local: replaced,
    scripts: {},
    license: null,
    isLibrary: !hasPath(joinPath(directory, 'main.go')),
    isRuntimePinned: /^go \d/m.test(text),
  };
}

export function readCargoToml(text: string, { hasPath, directory }: ManifestContext): ManifestDraft | null {
  const toml = parseTomlText(text);
  const cargo = property(toml, 'package');
  if (!cargo) return null;
  const targets = keysOf(property(toml, 'target')).map((key) => property(toml, 'target', key));
  const groups = [toml, ...targets].flatMap((scope) =>
    ['dependencies', 'dev-dependencies', 'build-dependencies'].map((key) => property(scope, key)),
  );
  const names = groups.flatMap((group) => keysOf(group).map((key) => stringOf(property(group, key, 'package')) ?? key));
  const version = property(cargo, 'version');
  return {
    ecosystem: 'cargo',
    name: stringOf(property(cargo, 'name')),
    version: stringOf(version),
    dependencies: sortedUnique(names),
    scripts: {},
    license: stringOf(property(cargo, 'license')),
    isLibrary: !hasPath(joinPath(directory, 'src/main.rs')) && property(toml, 'bin') === undefined,
    isRuntimePinned: property(cargo, 'rust-version') !== undefined,
  };
}

export function readComposerJson(text: string): ManifestDraft | null {
  const json = parseJson(text);
  if (keysOf(json).length === 0) return null;
  const names = [...keysOf(property(json, 'require')), ...keysOf(property(json, 'require-dev'))];
  const type = stringOf(property(json, 'type'));
  const scripts = keysOf(property(json, 'scripts')).map((key) => {
    const script = property(json, 'scripts', key);
    return [key, Array.isArray(script) ? script.join(' && ') : String(script)] as const;
  });
  return {
    ecosystem: 'composer',
    name: stringOf(property(json, 'name')),
    version: stringOf(property(json, 'version')),
    dependencies: sortedUnique(names.filter((name) => name.includes('/'))),
    scripts: Object.fromEntries(scripts.filter(([key]) => key !== '__proto__')),
    license: stringOf(property(json, 'license')) ?? (stringsOf(property(json, 'license')).join(' OR ') || null),
    isLibrary: type !== 'project' && property(json, 'name') !== undefined,
    isRuntimePinned: property(json, 'require', 'php') !== undefined,
  };
}

export function readGemfile(text: string): ManifestDraft {
  const names = [...text.matchAll(/^[ \t]*gem[ (]\s{0,3}["']([\w.-]{1,100})["'](?<options>[^\n]{0,300})/gm)];
  return {
    ecosystem: 'bundler',
    name: null,
    version: null,
    dependencies: sortedUnique(names.map((match) => match[1] ?? '')),
    local: names
      .filter((match) => /\bpath:|:path\s*=>/.test(match.groups?.options ?? ''))
      .map((match) => match[1] ?? ''),
    scripts: {},
    license: null,
    isLibrary: /^[ \t]*gemspec\b/m.test(text),
    isRuntimePinned: /^[ \t]*ruby[ (]/m.test(text),
  };
}

const GRADLE_DEPENDENCY =
  /^[ \t]*(?:api|implementation|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp|test[A-Za-z]{0,20}|androidTest[A-Za-z]{0,20}|classpath|compile)\b[ \t(]{1,5}(?:platform\()?["']([\w.-]{1,100}:[\w.-]{1,100})(?::[^"'\n]{0,100})?["']/gm;

export function readGradle(text: string): ManifestDraft {
  return {
    ecosystem: 'gradle',
    name: null,
    version: /^version\s{0,3}=\s{0,3}["']([\w.+-]{1,50})["']/m.exec(text)?.[1] ?? null,
    dependencies: sortedUnique([...text.matchAll(GRADLE_DEPENDENCY)].map((match) => match[1] ?? '')),
    scripts: {},
    license: null,
    isLibrary: !/\bapplication\b|org\.springframework\.boot|com\.android\.application/.test(text),
    isRuntimePinned: /languageVersion|jvmToolchain|sourceCompatibility|\brelease\b/.test(text),
  };
}

/** Maven and MSBuild files are read for a few flat elements; a parser would only add its own risks. */
export function readPom(text: string): ManifestDraft | null {
  if (!text.includes('<project')) return null;
  const sections = ['parent', 'dependencyManagement', 'dependencies', 'build', 'profiles', 'reporting'];
  const own = sections.reduce(withoutElements, text);
  const dependencies = [...text.matchAll(/<dependency>([\s\S]{0,2000}?)<\/dependency>/g)].map((match) => {
    return `${element(match[1] ?? '', 'groupId') ?? ''}:${element(match[1] ?? '', 'artifactId') ?? ''}`;
  });
  return {
    ecosystem: 'maven',
    name: element(own, 'artifactId'),
    version: element(own, 'version') ?? element(text, 'version'),
    dependencies: sortedUnique(dependencies),
    scripts: {},
    license: element(section(own, 'licenses') ?? '', 'name'),
    isLibrary: element(own, 'packaging') !== 'war' && !text.includes('spring-boot-maven-plugin'),
    isRuntimePinned: /<(?:maven\.compiler\.(?:source|release)|java\.version|release|requireJavaVersion)>/.test(text),
  };
}

export function readCsproj(text: string): ManifestDraft | null {
  if (!text.includes('<Project')) return null;
  const names = [...text.matchAll(/<PackageReference\b[^>]{0,300}?\bInclude="([\w.-]{1,100})"/g)];
  const isProgram =
    /<OutputType>\s{0,5}(?:Win)?Exe/i.test(text) || /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)"/.test(text);
  return {
    ecosystem: 'nuget',
    name: element(text, 'PackageId') ?? element(text, 'AssemblyName'),
    version: element(text, 'Version') ?? element(text, 'VersionPrefix'),
    dependencies: sortedUnique(names.map((match) => match[1] ?? '')),
    scripts: {},
    license: /<PackageLicenseExpression>([^<]{1,100})</.exec(text)?.[1]?.trim() ?? null,
    isLibrary: !isProgram,
    isRuntimePinned: /<TargetFrameworks?>/.test(text),
  };
}

/** Takes out each element of a name, up to the first one without an end. */
function withoutElements(text: string, name: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(`<${name}>`, at);
    const end = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
    if (end < 0) break;
    parts.push(text.slice(at, start));
    at = end + name.length + 3;
  }
  return [...parts, text.slice(at)].join('');
}

/** Text inside the first element of a name. */
function section(text: string, name: string): string | null {
  const start = text.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
  return end < 0 ? null : text.slice(start, end);
}

function element(text: string, name: string): string | null {
  const start = text.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : text.indexOf('<', start + name.length + 2);
  const value = end < 0 ? '' : text.slice(start + name.length + 2, end).trim();
  return value === '' || value.length > 200 ? null : value;
}
