import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quantile } from '@/lib/magics/flow/statistics';
import { compareText } from '@/lib/magics/hash';
import { magics } from '@/lib/magics/registry';
import { buildPrograms } from './build-programs';
import groups from './calibration/groups.json' with { type: 'json' };
import { orderOf, type Scores, unmatched } from './calibration/order';

/**
 * `npm run bench:calibration -- <clone> [<clone> …]`: audits each clone, prints its eight scores, and writes where the
 * values of each rule lie among them (quartiles of those judged, beside the rule's limits) to `bench/calibration/quartiles.json`.
 * Then whether the groups in `bench/calibration/groups.json` score in their order, in each magic and in health.
 * `--from <directory>` reads audits made before instead: `elder audit --format json` as `<owner>+<name>.json`.
 */
const { positionals: clones, values: options } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' } },
});
if (clones.length === 0 && !options.from) throw new Error('name the clones to audit, or a directory of audits');
const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist', 'bench');
const MAX_OUTPUT = 512 * 1024 ** 2;

interface RuleValue {
  ruleId: string;
  value: number | null;
  good: number | null;
  bad: number | null;
  score: number | null;
  isInformational: boolean;
}

interface Audit {
  project: string;
  commit: string;
  overallHealthScore: number | null;
  magicResults: Record<string, { score: number | null; rules: RuleValue[] }>;
}

if (clones.length > 0) await buildPrograms(outdir, { elder: 'bin/elder.ts' });

const audits = [...clones.map(audit), ...(options.from ? readAudits(options.from) : [])].sort(
  (a, b) => (b.overallHealthScore ?? 0) - (a.overallHealthScore ?? 0),
);
const width = Math.max(...audits.map(({ project }) => project.length)) + 2;
const cell = (content: string | number | null | undefined) => (content ?? '–').toString().padStart(11);
console.log(''.padEnd(width) + ['health', ...magics.map(({ id }) => id)].map(cell).join(''));
for (const { project, overallHealthScore, magicResults } of audits) {
  const scores = magics.map(({ id }) => magicResults[id]?.score);
  console.log(project.padEnd(width) + [overallHealthScore, ...scores].map(cell).join(''));
}

const rules = magics.flatMap((magic) => magic.rules.map(({ id }) => id)).sort(compareText);
const rows = rules.flatMap((ruleId) => {
  const judged = audits
    .flatMap(({ magicResults }) => Object.values(magicResults).flatMap((magic) => magic.rules))
    .filter((rule) => rule.ruleId === ruleId && rule.value !== null && !rule.isInformational);
  const [first] = judged;
  if (!first) return [];
  const values = judged.map(({ value }) => value ?? 0);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share));
  return [{ ruleId, repositories: values.length, good: first.good, bad: first.bad, quartiles: [low, middle, high] }];
});
const repositories = audits
  .map(({ project, commit }) => ({ project, commit }))
  .sort((a, b) => compareText(a.project, b.project));
const file = join(root, 'bench', 'calibration', 'quartiles.json');
mkdirSync(join(root, 'bench', 'calibration'), { recursive: true });
writeFileSync(file, `${JSON.stringify({ repositories, rules: rows }, null, 2)}\n`);
console.log(`\n${rows.length} of ${rules.length} rules have a value somewhere: ${file}`);

const scored = audits.map(
  ({ project, overallHealthScore, magicResults }): Scores => ({
    project,
    scores: {
      health: overallHealthScore,
      ...Object.fromEntries(magics.map(({ id }) => [id, magicResults[id]?.score ?? null])),
    },
  }),
);
console.log(`\n${['', ...Object.keys(groups), 'pairs'].map(cell).join('')}`);
for (const column of ['health', ...magics.map(({ id }) => id)]) {
  const { means, broken, pairsInOrder } = orderOf(column, groups, scored);
  const cells = [column, ...means.map(({ mean }) => mean?.toFixed(1)), pairsInOrder?.toFixed(2)];
  const remarks = broken.map(([better, worse]) => `  ${better} not above ${worse}`);
  console.log(cells.map(cell).join('') + remarks.join(','));
}
const others = unmatched(groups, scored);
if (others.length > 0) console.log(`\nwithout an audit or a group: ${others.join(', ')}`);

function audit(clone: string): Audit {
  const out = join(outdir, 'calibration.json');
  const done = spawnSync(
    process.execPath,
    [join(outdir, 'elder.js'), 'audit', clone, '--format', 'json', '--out', out],
    {
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT,
    },
  );
  if (done.status !== 0 && done.status !== 1) throw new Error(`${clone}: ${done.stderr}`);
  // Bare clones are often called alike.
  const project = resolve(clone).split(sep).slice(-2).join('/');
  return { ...(JSON.parse(readFileSync(out, 'utf8')) as Omit<Audit, 'project'>), project };
}

function readAudits(directory: string): Audit[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return names.map((name) => ({
    ...(JSON.parse(readFileSync(join(directory, name), 'utf8')) as Omit<Audit, 'project'>),
    // Every clone may be called `repo`; the file says whose it is.
    project: name.slice(0, -'.json'.length).replace('+', '/'),
  }));
}
