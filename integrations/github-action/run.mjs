import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// The step of the action: no packages, Node 20 alone. Ends as elder ends.

const input = (name) => (process.env[`INPUT_${name}`] ?? '').trim();
const given = (option, value) => (value === '' ? [] : [`--${option}=${value}`]);
const isRemote = input('REMOTE') === 'true';
const sarif = path.resolve(input('SARIF') || 'elder.sarif');
const work = mkdtempSync(path.join(process.env.RUNNER_TEMP || tmpdir(), 'elder-'));
const json = path.join(work, 'report.json');

try {
  process.exitCode = isRemote ? await auditOnServer() : await auditHere();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function auditHere() {
  const options = [
    ...given('new-since', input('NEW_SINCE')),
    ...given('fail-on-new', input('FAIL_ON_NEW')),
    ...given('fail-under', input('FAIL_UNDER')),
    ...given('magics', input('MAGICS')),
    ...given('lang', input('LANGUAGE')),
    // The second format reads the facts of the first.
    `--cache=${path.join(work, 'facts')}`,
  ];
  const audit = (format, out) =>
    elder(['audit', `--format=${format}`, `--out=${out}`, ...options, '--', input('PATH') || '.']);
  const { code } = await audit('json', json);
  if (code !== 0 && code !== 1) return code;
  await audit('sarif', sarif);
  const report = JSON.parse(readFileSync(json, 'utf8'));
  const fresh = report.newSince ? new Set(report.newSince.fingerprints) : null;
  const findings = fresh ? report.findings.filter(({ fingerprint }) => fresh.has(fingerprint)) : report.findings;
  tell({
    ...report.gate,
    health: report.overallHealthScore,
    commit: report.commit,
    fresh: fresh?.size ?? null,
    findings,
  });
  return code;
}

async function auditOnServer() {
  const repository = `${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}`;
  const branch = process.env.GITHUB_HEAD_REF || process.env.GITHUB_REF_NAME || '';
  const project = input('PROJECT') ? given('project', input('PROJECT')) : given('repository', repository);
  const { code, stdout } = await elder(
    [
      ...['audit', '--remote', '--wait', '--json', '--format=sarif', `--out=${sarif}`],
      ...[...project, ...given('branch', branch), ...given('timeout', input('TIMEOUT_MINUTES'))],
      ...given('lang', input('LANGUAGE')),
    ],
    { ELDER_URL: input('SERVER'), ELDER_API_TOKEN: input('TOKEN') },
  );
  if (code !== 0 && code !== 1) return code;
  const report = JSON.parse(stdout);
  const fresh = Object.values(report.newCounts).reduce((sum, count) => sum + count, 0);
  const findings = findingsOfSarif(JSON.parse(readFileSync(sarif, 'utf8')));
  tell({ ...report.gate, health: report.healthScore, commit: report.commit, fresh, findings });
  return code;
}

function findingsOfSarif({ runs }) {
  const severities = { error: 'high', warning: 'medium', note: 'low' };
  return runs.flatMap(({ results }) =>
    results
      .filter(({ suppressions, baselineState }) => !suppressions?.length && baselineState !== 'absent')
      .map(({ ruleId, level, message, locations }) => {
        const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
        return {
          ruleId,
          severity: severities[level] ?? 'low',
          message: message.text,
          path: artifactLocation ? decodeURIComponent(artifactLocation.uri) : null,
          startLine: region?.startLine ?? null,
        };
      }),
  );
}

/** Lets elder speak to the log; what it prints is kept for the caller where it is JSON. */
function elder(args, env = {}) {
  const [program = 'elder', ...words] = (input('COMMAND') || 'npx --no-install elder').split(/\s+/);
  const secrets = Object.keys(process.env).filter((name) => name.startsWith('INPUT_'));
  const own = { ...process.env, ...env };
  for (const name of secrets) delete own[name];
  const child = spawn(program, [...words, ...args], { env: own, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stdout.write(`::error::${data(`elder could not be started: ${error.message}`)}\n`);
      resolve({ code: 2, stdout });
    });
    child.on('close', (code) => resolve({ code: code ?? 2, stdout }));
  });
}

function tell({ status, isPassed, reason, health, commit, fresh, findings }) {
  output({
    gate: status ?? '',
    health: health ?? '',
    'new-findings': fresh ?? '',
    sarif: existsSync(sarif) ? sarif : '',
  });
  const order = ['critical', 'high', 'medium', 'low', 'info'];
  const worst = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const most = Math.min(50, Number(input('ANNOTATIONS') || 20) || 0);
  for (const finding of worst.filter((one) => one.path !== null).slice(0, most)) {
    const level = { critical: 'error', high: 'error', medium: 'warning' }[finding.severity] ?? 'notice';
    const place = [`file=${property(finding.path)}`, ...(finding.startLine ? [`line=${finding.startLine}`] : [])];
    process.stdout.write(`::${level} ${place.join(',')},title=${property(finding.ruleId)}::${data(finding.message)}\n`);
  }
  process.stdout.write(`${isPassed ? '' : '::error title=Ancient Elder::'}${data(reason)}\n`);
  summary([
    `## ${isPassed ? '✅' : '❌'} Ancient Elder`,
    '',
    cell(reason),
    '',
    `| Health | Gate | New | Commit |`,
    `| --- | --- | --- | --- |`,
    `| ${health ?? '–'} | ${status ?? '–'} | ${fresh ?? '–'} | ${commit ? commit.slice(0, 10) : '–'} |`,
    '',
    ...(worst.length > 0 ? ['| Severity | Rule | Place | Finding |', '| --- | --- | --- | --- |'] : []),
    ...worst
      .slice(0, 20)
      .map(
        ({ severity, ruleId, path: file, startLine, message }) =>
          `| ${severity} | ${cell(ruleId)} | ${cell(file === null ? '' : `${file}${startLine ? `:${startLine}` : ''}`)} | ${cell(message)} |`,
      ),
    '',
  ]);
}

/** A value with a line break would be taken for further outputs. */
function output(values) {
  if (!process.env.GITHUB_OUTPUT) return;
  const lines = Object.entries(values).map(([name, value]) => `${name}=${String(value).replace(/[\r\n]/g, ' ')}\n`);
  appendFileSync(process.env.GITHUB_OUTPUT, lines.join(''));
}

function summary(lines) {
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${lines.join('\n')}\n`);
}

/** Text of a repository in a workflow command: it begins no command of its own. */
function data(text) {
  return String(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/^::/, ': :');
}

function property(text) {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Text of a repository in a table: no markup, no link, no picture. */
function cell(text) {
  return String(text)
    .slice(0, 500)
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>@~&-]/g, (character) => `&#${character.charCodeAt(0)};`);
}
