import { counted } from '../counted';

interface Lead {
  packages: number;
  shown: string;
  direct: string;
  ecosystems: string;
  number: number;
}

/** What a project is built from. */
export const dependencies = {
  title: 'Dependencies',
  list: 'Packages',
  lead: ({ packages, shown, direct, ecosystems, number }: Lead) =>
    `${shown} ${packages === 1 ? 'package' : 'packages'} of ${ecosystems}, as audit #${number} read them; manifests ask for ${direct} of them.`,
  vulnerable: (count: number, shown: string, date: string) =>
    count === 0
      ? `None has a known vulnerability in the advisories of ${date}.`
      : `${shown} ${count === 1 ? 'has a known vulnerability' : 'have known vulnerabilities'} in the advisories of ${date}.`,
  leftOut: (count: string) => `The ${count} mildest vulnerabilities are not shown.`,
  noAdvisories:
    'No advisory data: nothing is known about vulnerabilities here. Whoever runs the server can import OSV data (setting ELDER_ADVISORIES); the next audit then compares.',
  sbom: 'Download SBOM',
  sbomTitle: 'Bill of materials as CycloneDX 1.6',
  none: 'No dependencies yet. The next complete audit reads them.',
  nothing: 'No manifest and no lock file was found.',
  nothingHelp:
    'Dependencies are read from lock files such as package-lock.json, pnpm-lock.yaml, yarn.lock, poetry.lock, uv.lock, go.mod, Cargo.lock, composer.lock, Gemfile.lock, gradle.lockfile, packages.lock.json, and from exact versions in requirements.txt and pom.xml. Those of tests and examples are left out.',
  noVersions: 'No file states exact versions, so no package can be listed.',
  filter: 'Filter by name',
  ecosystem: 'Ecosystem',
  kind: 'Kind',
  all: 'All',
  kinds: { direct: 'Direct', transitive: 'Transitive', vulnerable: 'Vulnerable' },
  development: 'development',
  noMatch: 'No package matches this filter.',
  clear: 'Clear filters',
  more: 'Show more packages',
  columns: {
    name: 'Package',
    version: 'Version',
    kind: 'Kind',
    licence: 'Licence',
    file: 'Stated in',
    vulnerabilities: 'Vulnerabilities',
  },
  askedBy: (manifest: string) => `asked for by ${manifest}`,
  unknownLicence: 'not stated',
  notCompared: 'not compared',
  noneKnown: 'none known',
  score: (score: string) => `CVSS ${score}`,
  upgrade: (version: string) => `Upgrade to ${version}`,
  noFix: 'No version is known to mend it',
  moreAdvisories: (count: string) => `and ${count} more`,
  sources: 'Where versions come from',
  packages: (count: number, shown: string) => `${shown} ${count === 1 ? 'package' : 'packages'}`,
  states: {
    read: 'Read',
    cut: 'Read in part: it names more packages than are kept',
    unread: 'Not read: its format is unknown, it is broken, or it is too large',
  },
  unlocked: (count: number, shown: string) =>
    `No lock file: the versions of ${count === 1 ? 'its one dependency' : `its ${shown} dependencies`} are not known. Commit the lock file to have them listed.`,
  moreFiles: (count: string) => `Show ${counted(count, 'more file', 'more files')}`,
};
