import { cliClusterEn } from './cli-cluster.en';
import { cliRemoteEn } from './cli-remote.en';
import { counted } from './counted';

export const cliEn = {
  usage: `Usage: elder audit [path] [options]
       elder fix [path] [options]
       elder config check [path]
       elder verify FILE… [--key FILE]
       elder mcp [--root FOLDER]…

       elder login [server] [--token-stdin], elder logout, elder whoami [--json]
       elder project add REPOSITORY [--name NAME] [--branch BRANCH] [--json]
       elder project list [--json]
       elder project import FILE [--check] [--json]
       elder audit --remote [path] [--wait] [--branch BRANCH] [--json]
       elder findings [path] [--severity a,b] [--state a,b] [--limit N] [--json|--sarif]
       elder gate [path] [--json]

       elder cluster render [--config FILE] [--mode MODE] [--contexts a,b=2] [--engines a,b]
       elder cluster validate [--config FILE] [--mode MODE] [--context NAME] [--offline]
       elder cluster diff [--config FILE] [--mode MODE] [--context NAME] [--json]
       elder cluster apply [--config FILE] [--mode MODE] [--context NAME|--contexts a,b=2] [--dry-run=server]
       elder cluster status [--config FILE] [--mode MODE] [--context NAME] [--json]
       elder cluster destroy [--config FILE] [--mode MODE] [--context NAME] --yes NAME [--with-data]

       elder backup, elder restore, elder doctor: elder backup --help

audit  audits one commit of a Git repository. Nothing of the repository is run.
fix    prints a patch of all mechanical fixes that are safe, for git apply. Nothing is written.
config check  checks a file .elder.yml, or the one of a folder.
verify  checks evidence that a server signed, or the exported chain of a project. Nothing is fetched.
mcp    answers a client of the Model Context Protocol on the standard streams.
cluster  sets up an instance on a Kubernetes cluster, phase by phase: docs/kubernetes-cli.md
login  keeps the token of a server, which the commands below it ask. It is never shown.

  --ref REF         commit, branch or tag; HEAD otherwise
  --staged          audit what is staged in place of a commit
  --working-tree    audit the files as they are, with what is not committed
  --new-since REF   tell what REF did not have, and let the gate look at it
  --fail-on-new S   fail when something new is as grave as S: critical, high, medium, low or info
  --magics a,b      only these: integrity, tdd, flow, strict, git, sages, servant, predictive
  --format FORMAT   text, json, sarif, junit, gitlab, csv, html or cyclonedx; text otherwise
  --out FILE        write the report to a file
  --fail-under N    fail when the health is below N (0–100)
  --strictness N    0–1; 0.8 uses the limits as published
  --explain         show the sum behind each number
  --show-suppressed list what the repository asked to ignore, with its reasons
  --cache DIR       keep facts between runs
  --advisories PATH known vulnerabilities: a data file, or a directory of OSV files
  --coverage FILE   coverage report: lcov, Cobertura, JaCoCo or Go, plain or gzip
  --patch FILE      also write the patch of all mechanical fixes, and give it to json and sarif
  --rules a,b       with fix: only fixes of these rules
  --key FILE        with verify: public keys to trust, PEM or the answer of /api/v1/evidence/keys
  --root FOLDER     with mcp: a folder whose repositories may be read; the current one otherwise
  --project ID      id or name on the server; ELDER_PROJECT otherwise
  --repository URL  the project of this repository; that of the remote origin at the path otherwise
  --remote          have the server audit
  --wait            with --remote: wait for the end, and end as the gate says
  --timeout MINUTES with --wait: 60 otherwise
  --check           with project import: only say what would happen
  --config FILE     with cluster: the configuration; the defaults of the mode otherwise
  --mode MODE       with cluster: single_node, multi_node, kubernetes, cloud_native, hybrid or edge
  --context NAME    with cluster: a context of the kubeconfig; the current one otherwise
  --contexts a,b=2  with cluster apply and render: several clusters, with their weights
  --dry-run=server  with cluster apply: the server checks all and keeps nothing
  --force-conflicts with cluster apply and diff: take fields that others own
  --with-data       with cluster apply, diff and destroy: what holds data goes too
  --offline         with cluster validate: ask no cluster
  --engines a,b     with cluster render: API groups of the cluster; all that can be used otherwise
  --yes NAME        with cluster destroy: confirms with the name of the instance
  --lang en|ja      language of texts
  --version         print the version
  --help            print this

ELDER_URL and ELDER_API_TOKEN go before what elder login kept.

Exit code: 0 gate passed, file valid, evidence holds · 1 gate failed or not passed, file not valid, evidence does
not hold · 2 wrong usage, unreadable repository or file, no answer of the server. Of cluster: 0 all as planned ·
1 a phase failed, something differs or does not hold · 2 wrong usage, bad configuration, no answer of the cluster
`,
  remote: cliRemoteEn,
  cluster: cliClusterEn,
  mcp: {
    outside: (path: string, roots: string) =>
      `${path} is not inside the folders that may be read: ${roots}. The person can name others with elder mcp --root`,
    beginsOutside: (repository: string, roots: string) =>
      `the repository begins at ${repository}, outside the folders that may be read: ${roots}. The person can start elder mcp with --root ${repository}`,
    keptOutside: (repository: string) =>
      `${repository} names a repository in another place, which does not know it as a work tree: it is not read`,
    auditFirst: 'nothing was audited there yet: call audit_working_tree first, or name a project of the server',
    whichFinding: 'give findingId for one on the server, or fingerprint for one of the last local audit',
    notFound: 'there is no such finding, or it belongs to a team that the token cannot see',
    noRule: (id: string, nearest: string) => `there is no rule ${id}${nearest && `. Near it: ${nearest}`}`,
  },
  health: 'Health',
  coverage: (share: string) => `${share} judged`,
  findings: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
  noFindings: 'no findings',
  topFindings: 'Worst findings, at most two of a rule',
  newFindings: (ref: string) => `New since ${ref}`,
  uncommitted: {
    staged: (head: string | null) =>
      head === null ? 'staged, before the first commit' : `${head} with what is staged`,
    'working-tree': (head: string | null) =>
      head === null ? 'working tree, before the first commit' : `${head} with the working tree`,
  },
  moreFindings: (count: number) => `and ${count} more: --format json lists all of them`,
  notEvaluated: 'Not evaluated',
  exceptions: {
    title: 'Asked for by the repository',
    suppressed: (findings: number, asked: number) =>
      `${findings === 1 ? '1 finding' : `${findings} findings`} let stand by ${asked === 1 ? '1 suppression' : `${asked} suppressions`}`,
    states: {
      used: 'used',
      unused: 'of no use',
      expired: 'expired',
      refused: 'refused by the team',
      'not-judged': 'not judged',
    },
    errors: (count: number) =>
      `.elder.yml has no effect: ${count === 1 ? 'it has an error' : `it has ${count} errors`}, which elder config check names`,
    show: '--show-suppressed lists them with their reasons',
    more: (count: number) => `and ${count} more: --format json lists all of them`,
    expires: (day: string) => `up to ${day}`,
    ignored: (files: string, lines: string) =>
      `Ignored paths: ${counted(files, 'file', 'files')}, ${counted(lines, 'line', 'lines')} of code`,
    words: (count: number) => `${count === 1 ? '1 word' : `${count} words`} added to options of rules`,
    noEffect: 'without effect',
    refused: (files: string, lines: string) =>
      `Ignored paths refused by the team: ${counted(files, 'file', 'files')}, ${counted(lines, 'line', 'lines')} of code were judged all the same`,
  },
  config: {
    valid: (file: string) => `${file} is valid`,
    none: (path: string) => `${path} holds no .elder.yml`,
    unreadable: (file: string, cause: string) => `${file} cannot be read: ${cause}`,
    problems: (file: string, count: number) =>
      `${file} has no effect until ${count === 1 ? 'one thing is' : `${count} things are`} mended:`,
  },
  verify: {
    holds: (place: string, what: string) => `${place}: holds. ${what}`,
    fails: (place: string, problem: string) => `${place}: does not hold: ${problem}`,
    place: (file: string, line: number) => `${file}, line ${line}`,
    entry: (entry: { sequence: number; project: string; number: number; commit: string; endedAt: string }) =>
      `Entry ${entry.sequence} of “${entry.project}”: audit #${entry.number} of commit ${entry.commit}, ended ${entry.endedAt}`,
    outcome: { completed: 'complete', partial: 'partial: a part could not be judged' },
    result: (outcome: string, health: string, gate: string) => `Result: ${outcome}; health ${health}; gate ${gate}`,
    gates: { passed: 'passed', warning: 'warning', failed: 'failed', none: 'not asked' },
    signer: (id: string, version: string) => `Signed with key ${id} by Ancient Elder ${version}`,
    chainHolds: (project: string, first: number, last: number) =>
      first === last
        ? `Chain of “${project}”: entry ${first} alone`
        : `Chain of “${project}”: entries ${first} to ${last} follow one from the other`,
    chainFails: (project: string) => `Chain of “${project}”: broken`,
    head: (sequence: number, hash: string) =>
      `  Entry ${sequence} has the hash ${hash}. That nothing was cut off after it, only the server can tell.`,
    chainProblems: {
      missing: (from: number, to: number) =>
        from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`,
      reordered: (place: string, sequence: number, after: number) =>
        `${place}: entry ${sequence} stands after entry ${after}`,
      twice: (place: string, sequence: number) => `${place}: entry ${sequence} is there a second time`,
      broken: (place: string, sequence: number) =>
        `${place}: entry ${sequence} does not follow from the one before it; one of the two was altered or replaced`,
    },
    problems: {
      'not-json': 'this is no JSON',
      'not-an-envelope': 'this is no DSSE envelope with one signature over an in-toto statement',
      'not-as-written':
        'the envelope is not as it was written: bytes were changed, or another program laid it out anew',
      'bad-signature': 'the signature does not fit: the statement, the signature or the key id was changed',
      'unknown-key': 'it is signed with a key that --key does not hold, or its key id was changed',
      'not-a-statement': 'the payload is no statement of an audit: it was changed, or comes from a newer release',
      empty: 'there is nothing here',
    },
    pinned: (count: number) =>
      count === 1 ? 'Checked with the key of --key.' : `Checked with the ${count} keys of --key.`,
    unpinned:
      'Note: the key comes from the evidence itself. Nothing was changed since it was signed, but who signed it is not shown: anybody can sign with a key of their own. Give the key of your server with --key.',
    noKey: (file: string) => `${file} holds no public Ed25519 key (PEM, or the answer of /api/v1/evidence/keys)`,
  },
  fix: 'Fix',
  bands: { excellent: 'excellent', good: 'good', fair: 'fair', weak: 'weak', poor: 'poor' },
  status: {
    passed: 'passed',
    warning: 'warning',
    failed: 'failed',
    inconclusive: 'inconclusive',
    not_applicable: 'not applicable',
    error: 'error',
  },
  severity: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', info: 'info' },
  gate: {
    passed: (health: string) => `Gate passed with a health of ${health}`,
    failed: (health: string, limit: string) => `Gate failed: health ${health} is below ${limit}`,
    warning: (health: string, whys: readonly string[]) => `Gate warning at a health of ${health}: ${whys.join('; ')}`,
    littleJudged: (share: string) => `only ${share} % could be judged`,
    healthNear: (limit: string) => `it is below ${limit}`,
    magicFailed: (magics: string) => `failed: ${magics}`,
    incomplete: (magics: string) => `Gate not passed: could not be judged: ${magics}`,
    nothing: 'Gate not passed: nothing could be judged',
    newFailed: (counts: readonly string[], ref: string) => `Gate failed: new since ${ref}: ${counts.join(', ')}`,
    newCount: (count: number, severity: string) => `${count} ${severity}`,
    newPassed: (count: number, ref: string) =>
      count === 0 ? `nothing new since ${ref}` : `${count} new since ${ref}, none that is too grave`,
    also: '; ',
  },
  explain: {
    title: 'How the numbers come about',
    noScore: 'no score: nothing could be judged',
    sum: 'Sum',
    cap: (rule: string) => `Cap by ${rule}`,
    score: 'Score',
  },
  stats: (files: string, lines: string, commits: string, seconds: string) =>
    `${counted(files, 'file', 'files')} · ${counted(lines, 'line', 'lines')} · ${counted(commits, 'commit', 'commits')} · ${seconds} s`,
  resultHash: 'Result',
  fixed: (fixed: number, fixable: number, files: number) => {
    if (fixable === 0) return 'there is nothing to fix: these rules found nothing';
    const findings = fixable === 1 ? '1 finding' : `${fixable} findings`;
    if (fixed === 0)
      return `the patch is empty: ${findings} of these rules ${fixable === 1 ? 'needs' : 'need'} a person`;
    const rest = fixed < fixable ? '; the rest needs a person' : '';
    return `the patch takes away ${fixed} of ${findings} of these rules, in ${files === 1 ? '1 file' : `${files} files`}${rest}`;
  },
  fixesLeftOut: (files: number) => `${files === 1 ? '1 more file was' : `${files} more files were`} not looked at`,
  progress: { plan: 'Listing files', collect: 'Reading files', history: 'Reading history', assemble: 'Judging' },
  errors: {
    usage: (problem: string) => `elder: ${problem}\nTry: elder --help`,
    unknownCommand: (name: string) => `there is no command “${name}”`,
    tooManyPaths: 'one path at most',
    noOperand: (command: string) => `“${command}” takes options only`,
    oneServer: 'one server at most',
    oneRepository: '“project add” needs one repository: an address, or a path on the server',
    oneProjectsFile: '“project import” needs one file of projects, YAML or JSON; - reads the standard input',
    unknownCluster: (name: string) =>
      `${name === '' ? '“cluster” needs a command' : `there is no command “cluster ${name}”`}: try elder cluster status`,
    unknownProject: (name: string) =>
      `${name === '' ? '“project” needs a command' : `there is no command “project ${name}”`}: try elder project list`,
    noEvidenceFile: '“verify” needs a file of evidence',
    unknownConfig: (name: string) =>
      `${name === '' ? '“config” needs a command' : `there is no command “config ${name}”`}: try elder config check`,
    showsText: '--show-suppressed goes with --format text; json, sarif, csv and html list them already',
    explainsText: '--explain goes with --format text; the other formats hold every value already',
    notOf: (option: string, command: string) => `--${option} is no option of “${command}”`,
    unfixable: (rule: string) => `there is no rule “${rule}” with mechanical fixes`,
    emptyPath: 'the path is empty',
    unknownOption: (option: string) => `there is no option “${option}”`,
    missingValue: (option: string) =>
      `--${option} needs a value; one that begins with “-” is given as --${option}=VALUE`,
    noValue: (option: string) => `${option} takes no value`,
    value: (option: string, expected: string) => `--${option} takes ${expected}`,
    unknownMagic: (name: string) => `there is no magic “${name}”`,
    unwritable: (file: string, cause: string) => `${file} cannot be written: ${cause}`,
    cache: (directory: string, cause: string) => `facts cannot be kept in ${directory}: ${cause}`,
    advisories: (path: string) => `${path} holds no advisory data`,
    coverage: (file: string, line: number, problem: string) => `${file}, line ${line}: ${problem}`,
    coverageProblems: {
      'damaged-gzip': 'the gzip data is damaged',
      'no-report': 'this does not begin like a coverage report (lcov, Cobertura, JaCoCo or Go)',
      'no-files': 'the report names no file with lines that can run',
      'no-lcov-record': 'this is no record of lcov',
      'no-count': 'DA takes a line number and a count',
      'no-file-before': 'DA stands before SF names a file',
      'no-go-block': 'this is no block of a Go profile',
      entities: 'entities are not read',
      'not-xml': 'this is not valid XML',
      'too-deep': 'this is nested too deeply',
    },
    largeFile: (file: string) => `${file} is too large to read`,
    unreadableFile: (file: string, cause: string) => `${file} cannot be read: ${cause}`,
    nothingThere: (path: string) => `${path} does not exist`,
    repository_not_found: (path: string) => `${path} is not in a Git repository`,
    repository_empty: (path: string) => `${path} has no commit yet`,
    repository_no_such_branch: (_path: string, ref: string) => `there is no commit called “${ref}”`,
    repository_too_large: (path: string) => `${path} has too many files to audit`,
    repository_corrupt: (path: string) => `${path} is damaged: Git cannot read it. Try: git fsck`,
    repository_timeout: (path: string) => `reading ${path} took too long`,
    repository_unreadable: (path: string) => `Git cannot read ${path}. Check its permissions, or try: git fsck`,
    repository_unsupported: (path: string) =>
      `${path} is kept in a format that the installed Git does not know. Update Git`,
    bare: (path: string) => `${path} is a bare repository: it has no working tree and nothing staged`,
    unmerged: (path: string) => `${path} holds files that are not merged: resolve them and stage them first`,
    changesTooLarge: (path: string) => `${path} holds more changes than can be copied (1 GB)`,
    twoOf: (one: string, other: string) => `--${one} and --${other} exclude each other`,
    needsOther: (one: string, other: string) => `--${one} goes with --${other}`,
    git_missing: () => 'Git could not be started. Is it installed?',
    disk_full: () => 'the disk is full',
    overloaded: () => 'memory or open files ran out. Close other programs, then try again',
    unavailable: (path: string) => `${path} cannot be read now. Try again`,
    cancelled: () => 'cancelled',
    internal: (path: string) => `${path} could not be read`,
  },
};

export type CliText = typeof cliEn;
