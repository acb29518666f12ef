// npm run labels:draw -- <dir of audits> <dir of clones> [--magics a,b]: draws the findings to be judged by hand next
// (bench/labels/README.md) from audits in JSON called <owner>+<name>.json, with the lines around each from its clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawLabels } from '@/bench/labels/draw-labels';
import { readLabels } from '@/bench/labels/read-labels';

const LINES_AROUND = 6;
const MAX_LINES = 40;
const MAX_LINE_LENGTH = 200;
const MAX_OUTPUT = 64 * 1024 ** 2;

interface Finding {
  ruleId: string;
  magic: string;
  severity: string;
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  message: string;
  evidence: string | null;
  commits: string[];
  related: { path: string; line: number | null }[];
  fingerprint: string;
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { magics: { type: 'string' } } });
const [audits, clones] = positionals;
if (!audits || !clones) throw new Error('name the directory of audits and that of clones');
const magics = values.magics?.split(',');

const findings = readdirSync(audits)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const audit = JSON.parse(readFileSync(join(audits, name), 'utf8')) as { commit: string; findings: Finding[] };
    const clone = name.slice(0, -'.json'.length);
    const repository = clone.replace('+', '/');
    return audit.findings.map((finding) => ({ ...finding, commit: audit.commit, clone, repository }));
  })
  .filter(({ magic }) => !magics || magics.includes(magic));

const drawn = drawLabels(findings, readLabels()).map((finding) => ({
  ruleId: finding.ruleId,
  repository: finding.repository,
  commit: finding.commit,
  path: finding.path,
  line: finding.startLine,
  commits: finding.commits,
  fingerprint: finding.fingerprint,
  severity: finding.severity,
  reading: 'first',
  verdict: '',
  note: '',
  isReported: true,
  /** To read by, not to keep. */
  context: {
    message: finding.message,
    evidence: finding.evidence,
    related: finding.related.map(({ path, line }) => `${path}:${line}`),
    source: sourceOf(finding),
  },
}));
process.stdout.write(`${JSON.stringify(drawn, null, 2)}\n`);

function sourceOf({ clone, commit, path, startLine, endLine, commits }: (typeof findings)[number]): string[] {
  if (path === null)
    return git(clone, 'show', '--stat=100', '--format=%h %an %s', commits[0] ?? commit).slice(0, MAX_LINES);
  const lines = git(clone, 'show', `${commit}:${path}`);
  if (startLine === null) return clipped(lines, 1, MAX_LINES);
  const first = Math.max(1, startLine - LINES_AROUND);
  return clipped(lines, first, Math.min((endLine ?? startLine) + LINES_AROUND, first + MAX_LINES));
}

function clipped(lines: readonly string[], first: number, last: number): string[] {
  return lines
    .slice(first - 1, last)
    .map((text, index) => `${String(first + index).padStart(5)} ${text.slice(0, MAX_LINE_LENGTH)}`);
}

function git(clone: string, ...args: string[]): string[] {
  const nested = join(clones ?? '', clone, 'repo');
  const directory = existsSync(nested) ? nested : join(clones ?? '', clone);
  const done = spawnSync('git', ['-C', directory, ...args], { encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  return done.status === 0 ? done.stdout.split('\n') : [done.stderr];
}
