import type { DependencyFact, LockFileFact } from '@/lib/magics/facts/project';
import { compareText, sha256 } from '@/lib/magics/hash';
import { packageUrl } from '@/lib/magics/package-url';
import { classifyLicence } from './licence-form';

export interface BillOfMaterialsInput {
  project: string;
  commit: string;
  branch: string | null;
  /** Committer date of the commit, seconds. */
  now: number;
  /** Address without credentials; null for a local clone. */
  repositoryUrl: string | null;
  /** Version of the program that builds it. */
  toolVersion: string;
  dependencies: readonly DependencyFact[];
  lockFiles: readonly LockFileFact[];
}

const MAX_OCCURRENCES = 20;

/** A CycloneDX 1.6 bill of materials. The same commit gives the same text: its number and time come from the commit. */
export function buildCycloneDx(input: BillOfMaterialsInput) {
  const { project, commit, branch, now, repositoryUrl, toolVersion, dependencies, lockFiles } = input;
  const components = componentsOf(dependencies);
  const root = `${project}@${commit}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumber(project, commit, components),
    version: 1,
    metadata: {
      timestamp: new Date(now * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'ancient-elder', version: toolVersion }] },
      component: {
        type: 'application',
        'bom-ref': root,
        name: project,
        version: commit,
        ...(repositoryUrl !== null && { externalReferences: [{ type: 'vcs', url: repositoryUrl }] }),
        properties: propertiesOf({ 'git:commit': commit, ...(branch !== null && { 'git:branch': branch }) }),
      },
    },
    components: components.map(toComponent),
    dependencies: [{ ref: root, dependsOn: components.filter(({ isDirect }) => isDirect).map(({ purl }) => purl) }],
    compositions: [{ aggregate: isWhole(input) ? 'complete' : 'incomplete', assemblies: [root] }],
    properties: propertiesOf(
      Object.fromEntries(lockFiles.map(({ path, state, packages }) => [`lock-file:${path}`, `${state} ${packages}`])),
    ),
  };
}

interface Component {
  purl: string;
  first: DependencyFact;
  isDirect: boolean;
  isDevelopment: boolean;
  licence: string | null;
  places: { location: string; line: number }[];
}

/** The same package in several lock files is one component with several places. */
function componentsOf(dependencies: readonly DependencyFact[]): Component[] {
  const known = new Map<string, Component>();
  for (const row of dependencies) {
    const purl = packageUrl(row);
    const { isDirect, isDevelopment, licence } = row;
    const component = known.get(purl) ?? { purl, first: row, isDirect, isDevelopment, licence, places: [] };
    component.isDirect ||= isDirect;
    component.isDevelopment &&= isDevelopment;
    component.licence ??= licence;
    component.places.push({ location: row.path, line: row.line });
    known.set(purl, component);
  }
  return [...known.values()].sort((a, b) => compareText(a.purl, b.purl));
}

function toComponent({ purl, first, isDirect, isDevelopment, licence, places }: Component) {
  return {
    type: 'library',
    'bom-ref': purl,
    ...namesOf(first),
    version: first.version,
    // What only development needs is not part of what is shipped.
    scope: isDevelopment ? 'excluded' : 'required',
    ...(licence !== null && { licenses: [classifyLicence(licence)] }),
    purl,
    evidence: { occurrences: places.slice(0, MAX_OCCURRENCES) },
    properties: propertiesOf({ direct: String(isDirect), development: String(isDevelopment) }),
  };
}

function namesOf({ ecosystem, name }: DependencyFact): { group?: string; name: string } {
  const at = ecosystem === 'maven' || ecosystem === 'gradle' ? name.indexOf(':') : name.lastIndexOf('/');
  return at > 0 ? { group: name.slice(0, at), name: name.slice(at + 1) } : { name };
}

/** Manifests with exact versions do not name what their dependencies bring along. */
function isWhole({ dependencies, lockFiles }: BillOfMaterialsInput): boolean {
  const isCut = lockFiles.some(({ state }) => state !== 'read');
  const hasOnlyManifest = dependencies.some(({ ecosystem }) => ecosystem === 'maven');
  return lockFiles.length > 0 && !isCut && !hasOnlyManifest;
}

function serialNumber(project: string, commit: string, components: readonly Component[]): string {
  const hash = sha256('elder-bom-1', project, commit, ...components.map(({ purl }) => purl));
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  // Version 8: a number of the maker's own kind.
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function propertiesOf(values: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name: `ancient-elder:${name}`, value }));
}
