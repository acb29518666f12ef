import { XMLParser } from 'fast-xml-parser';
import { keysOf, property } from '../json-value';
import { nameOf } from '../project-text';
import { type LockedPackage, type LockInput, matchedLines } from './locked-package';

const MAX_CHARACTERS = 512_000;
const MAX_PARENTS = 8;
const MAX_STEPS = 8;

/** Entities stay as they are written: nothing of them is a version. */
const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  isArray: (name) => name === 'dependency',
});

interface Pom {
  groupId: string;
  artifactId: string;
  version: string;
  /** `group:artifact` of the parent, empty for none. */
  parent: string;
  properties: ReadonlyMap<string, string>;
  dependencies: readonly PomDependency[];
  managed: readonly PomDependency[];
}

interface PomDependency {
  groupId: string;
  artifactId: string;
  version: string;
  scope: string;
}

/** Dependencies with a version that the file, or a parent in the repository, states. Ranges and imported lists are left out. */
export function readPomVersions({ path, text, siblings }: LockInput): LockedPackage[] | null {
  const pom = parsePom(text);
  if (!pom) return null;
  const line = pomLines(text);
  const lineage = lineageOf(pom, knownPoms(siblings));
  const managedVersions = new Map<string, (typeof pom.managed)[number]>();
  for (const one of lineage.flatMap(({ managed }) => managed)) {
    const key = `${filled(one.groupId, lineage)}:${one.artifactId}`;
    if (!managedVersions.has(key)) managedVersions.set(key, one);
  }
  return pom.dependencies.flatMap((dependency): LockedPackage[] => {
    const groupId = filled(dependency.groupId, lineage);
    const artifactId = filled(dependency.artifactId, lineage);
    const managed = managedVersions.get(`${groupId}:${dependency.artifactId}`);
    const version = filled(dependency.version || managed?.version || '', lineage);
    const scope = dependency.scope || managed?.scope || '';
    if (scope === 'system' || !/^[\w.-]+$/.test(groupId) || !/^[\w.-]+$/.test(artifactId)) return [];
    if (!/^\d[\w.+-]*$/.test(version)) return [];
    return [
      {
        name: `${groupId}:${artifactId}`,
        version,
        line: line.get(dependency.artifactId) ?? 1,
        isDirect: true,
        isDevelopment: scope === 'test',
        manifest: path,
      },
    ];
  });
}

function parsePom(text: string): Pom | null {
  if (text.length > MAX_CHARACTERS || !text.includes('<project')) return null;
  let project: unknown;
  try {
    project = property(parser.parse(text), 'project');
  } catch {
    return null;
  }
  if (keysOf(project).length === 0) return null;
  const parent = property(project, 'parent');
  const properties = property(project, 'properties');
  return {
    groupId: textAt(project, 'groupId') || textAt(parent, 'groupId'),
    artifactId: textAt(project, 'artifactId'),
    version: textAt(project, 'version') || textAt(parent, 'version'),
    parent: parent === undefined ? '' : `${textAt(parent, 'groupId')}:${textAt(parent, 'artifactId')}`,
    properties: new Map(keysOf(properties).map((key) => [key, textAt(properties, key)])),
    dependencies: dependenciesOf(property(project, 'dependencies', 'dependency')),
    managed: dependenciesOf(property(project, 'dependencyManagement', 'dependencies', 'dependency')),
  };
}

function dependenciesOf(list: unknown): PomDependency[] {
  return (Array.isArray(list) ? list : []).map((entry) => ({
    groupId: textAt(entry, 'groupId'),
    artifactId: textAt(entry, 'artifactId'),
    version: textAt(entry, 'version'),
    scope: textAt(entry, 'scope'),
  }));
}

function textAt(value: unknown, name: string): string {
  const text = property(value, name);
  return typeof text === 'string' && text.length <= 200 ? text : '';
}

const poms = new WeakMap<LockInput['siblings'], ReadonlyMap<string, Pom>>();

/** The files of one commit by `group:artifact`; each asks for its parents among the same ones. */
function knownPoms(siblings: LockInput['siblings']): ReadonlyMap<string, Pom> {
  const earlier = poms.get(siblings);
  if (earlier) return earlier;
  const known = new Map<string, Pom>();
  for (const { path, text } of siblings) {
    const pom = nameOf(path) === 'pom.xml' ? parsePom(text) : null;
    const id = `${pom?.groupId}:${pom?.artifactId}`;
    if (pom && !known.has(id)) known.set(id, pom);
  }
  poms.set(siblings, known);
  return known;
}

/** The file itself, then its parents as far as the repository holds them. */
function lineageOf(pom: Pom, known: ReadonlyMap<string, Pom>): Pom[] {
  const lineage = [pom];
  for (
    let at: Pom | undefined = known.get(pom.parent);
    at && lineage.length <= MAX_PARENTS;
    at = known.get(at.parent)
  ) {
    lineage.push(at);
  }
  return lineage;
}

/** Puts in the values of `${…}`; what stays unknown is kept as written. */
function filled(text: string, lineage: readonly Pom[]): string {
  let value = text;
  for (let step = 0; step < MAX_STEPS && value.includes('${') && value.length <= 400; step += 1) {
    value = value.replace(/\$\{([\w.-]{1,100})\}/g, (whole, name: string) => pomValue(name, lineage) ?? whole);
  }
  return value;
}

function pomValue(name: string, lineage: readonly Pom[]): string | undefined {
  const [own] = lineage;
  if (name === 'project.version' || name === 'pom.version') return own?.version;
  if (name === 'project.groupId') return own?.groupId;
  return lineage.map(({ properties }) => properties.get(name)).find((value) => value !== undefined && value !== '');
}

function pomLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  // The last one: lists of managed versions come first as a rule.
  for (const [name, line] of matchedLines(text, /<artifactId>([^<\n]{1,200})<\/artifactId>/g))
    lines.set(name.trim(), line);
  return lines;
}
