import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@/lib/errors';
import { maskSecrets } from '@/lib/facts/text/secrets';
import { compareText, sha256 } from '@/lib/magics/hash';
import { MAGIC_IDS, SEVERITIES, type Severity } from '@/lib/magics/types';
import { DRIVER_NAME } from '@/lib/reports/driver-name';
import { get, type JsonObject, listOf, objectOf, textAt, wholeAt } from './json-values';
import { plainText } from './plain-text';
import { createPathReader, type KnownFiles } from './sarif-paths';
import { confidenceOf, severityOf } from './sarif-severity';
import { weaknessesOf } from './weaknesses';

/** Unpacked. */
export const MAX_SARIF_BYTES = 32 * 1024 ** 2;
/** Of one tool and category; the gravest are kept. */
export const MAX_IMPORTED_FINDINGS = 10_000;
const MOST_RUNS = 20;
const MOST_RESULTS = 200_000;
const LONGEST_MESSAGE = 500;
const LONGEST_EVIDENCE = 200;
/** Of a text that is shortened: what is left once links and spaces in it are. Looking for credentials takes time. */
const LONGEST_READ = 2_000;
/** Characters of messages that are read beyond those of the report itself: a small one may fill a long template very often. */
const MOST_FILLED = 4_000_000;
const KEPT_MESSAGES = 1_000;
const LONGEST_NAME = 60;
const LONGEST_URI = 500;

/** Why results of a report are no findings. */
export const LEFT_OUT = [
  'own',
  'suppressed',
  'not-a-problem',
  'outside',
  'unknown-file',
  'duplicate',
  'beyond-limit',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface ImportedFinding {
  fingerprint: string;
  ruleId: string;
  severity: Severity;
  confidence: number;
  path: string | null;
  startLine: number | null;
  endLine: number | null;
  message: string;
  evidence: string | null;
  helpUri: string | null;
  weaknesses: number[];
}

/** What one tool found, as one upload tells. */
export interface ImportedReport {
  tool: string;
  toolName: string;
  toolVersion: string | null;
  category: string;
  results: number;
  /** Gravest first. */
  findings: ImportedFinding[];
  leftOut: Partial<Record<LeftOut, number>>;
  /** False when the tool failed on its way or not all was kept: then what is not in it is not gone. */
  isWhole: boolean;
}

export type SarifProblem =
  | 'damaged-gzip'
  | 'not-json'
  | 'not-sarif'
  | 'version'
  | 'no-runs'
  | 'too-many'
  | 'run-failed'
  | 'no-tool';

interface SarifInput {
  bytes: Uint8Array;
  files: KnownFiles;
  /** In place of what the report says itself. */
  category?: string | undefined;
}

const OWN_TOOL = slugOf(DRIVER_NAME);

const unpack = promisify(gunzip);

/**
 * A SARIF 2.1.0 report, plain or gzip, as findings by tool and category. Throws `unprocessable` with the problem,
 * `payload_too_large` for what unpacks to more than is read.
 */
export async function readSarif({ bytes, files, category }: SarifInput): Promise<ImportedReport[]> {
  const text = new TextDecoder().decode(await unpacked(bytes)).replace(/^\ufeff/, '');
  const log = objectOf(parse(text));
  const readMessage = createMessageReader(text.length + MOST_FILLED);
  if (get(log, 'version') !== '2.1.0') throw refusal(get(log, 'runs') === undefined ? 'not-sarif' : 'version');
  const runs = listOf(get(log, 'runs')).map(objectOf);
  if (runs.length === 0) throw refusal('no-runs');
  if (runs.length > MOST_RUNS) throw refusal('too-many');
  const reports = new Map<string, Collected>();
  let results = 0;
  for (const run of runs) {
    const tool = toolOf(run);
    const own = category ?? categoryOf(run);
    const found = resultsOf(run);
    results += found.length;
    if (results > MOST_RESULTS) throw refusal('too-many');
    const key = `${tool.tool}\n${own}`;
    const report = reports.get(key) ?? {
      ...tool,
      category: own,
      results: 0,
      findings: [],
      leftOut: {},
      isWhole: true,
      seen: new Map(),
    };
    reports.set(key, report);
    if (isFailed(run)) report.isWhole = false;
    collect(report, run, found, { files, readMessage });
  }
  return [...reports.values()].map(finish);
}

type Tool = Pick<ImportedReport, 'tool' | 'toolName' | 'toolVersion'>;
type Collected = Omit<ImportedReport, 'findings'> & {
  findings: Candidate[];
  /** Places told of already, by what is told of them. */
  seen: Map<string, Set<string>>;
};
type Candidate = Omit<ImportedFinding, 'fingerprint'> & { identity: string };

interface Reading {
  files: KnownFiles;
  readMessage: MessageReader;
}

function collect(
  report: Collected,
  run: JsonObject,
  results: readonly unknown[],
  { files, readMessage }: Reading,
): void {
  const readPath = createPathReader(run, files);
  const skip = (reason: LeftOut) => {
    report.leftOut[reason] = (report.leftOut[reason] ?? 0) + 1;
  };
  for (const item of results) {
    report.results += 1;
    const result = objectOf(item);
    // What this product wrote itself: audits tell of it.
    if (report.tool === OWN_TOOL) {
      skip('own');
      continue;
    }
    if (!isProblem(result)) {
      skip('not-a-problem');
      continue;
    }
    if (isSuppressed(result)) {
      skip('suppressed');
      continue;
    }
    const place = placeOf(result, run);
    const read = place.uri === null ? null : readPath({ uri: place.uri, uriBaseId: place.uriBaseId });
    if (read && 'problem' in read) {
      skip(read.problem);
      continue;
    }
    const candidate = toCandidate(result, run, {
      ...place,
      path: read?.path ?? null,
      tool: report.tool,
      readMessage,
    });
    const lines = report.seen.get(candidate.identity) ?? new Set();
    const where = `${place.startLine}:${place.startColumn}`;
    if (lines.has(where)) {
      skip('duplicate');
      continue;
    }
    report.seen.set(candidate.identity, lines.add(where));
    report.findings.push(candidate);
  }
}

interface Place {
  uri: string | null;
  uriBaseId: string | null;
  startLine: number | null;
  startColumn: number | null;
  endLine: number | null;
  snippet: string | null;
}

function placeOf(result: JsonObject, run: JsonObject): Place {
  const physical = get(listOf(get(result, 'locations'))[0], 'physicalLocation');
  const file = get(physical, 'artifactLocation');
  const index = wholeAt(0, file, 'index');
  const artifact = index === null ? undefined : get(listOf(get(run, 'artifacts'))[index], 'location');
  const region = get(physical, 'region');
  const startLine = wholeAt(1, region, 'startLine');
  const endLine = wholeAt(1, region, 'endLine');
  return {
    uri: textAt(file, 'uri') ?? textAt(artifact, 'uri'),
    uriBaseId: textAt(file, 'uriBaseId') ?? textAt(artifact, 'uriBaseId'),
    startLine: line(startLine),
    startColumn: wholeAt(1, region, 'startColumn'),
    endLine: line(endLine !== null && startLine !== null && endLine >= startLine ? endLine : startLine),
    snippet: textAt(region, 'snippet', 'text'),
  };
}

const line = (value: number | null): number | null => (value !== null && value <= 2_000_000_000 ? value : null);

function toCandidate(
  result: JsonObject,
  run: JsonObject,
  { tool, readMessage, ...place }: Place & { path: string | null; tool: string; readMessage: MessageReader },
): Candidate {
  const rule = ruleOf(result, run);
  const name = plainText(textAt(rule, 'id') ?? textAt(result, 'ruleId') ?? textAt(result, 'rule', 'id') ?? '', 150);
  const ruleId = `${tool}/${name.replace(/[\s,]+/g, '-') || 'unnamed'}`;
  const level = textAt(result, 'level') ?? textAt(rule, 'defaultConfiguration', 'level') ?? 'warning';
  const message = readMessage(result, rule) || ruleId;
  const evidence =
    place.snippet === null ? null : plainText(maskSecrets(place.snippet.slice(0, LONGEST_READ)), LONGEST_EVIDENCE);
  const { path } = place;
  return {
    identity: JSON.stringify([
      ruleId,
      path,
      ...(knownBy(result) ?? ['said', (evidence ?? message).replace(/\d+/g, '0')]),
    ]),
    ruleId,
    severity: severityOf(level, rule),
    confidence: confidenceOf(rule),
    path,
    startLine: path === null ? null : place.startLine,
    endLine: path === null ? null : place.endLine,
    message,
    evidence: path === null ? null : evidence || null,
    helpUri: helpUriOf(rule),
    weaknesses: weaknessesOf(rule, result),
  };
}

/** What the tool itself knows the finding again by; null when it does not say. */
function knownBy(result: JsonObject): string[] | null {
  for (const name of ['fingerprints', 'partialFingerprints']) {
    const parts = Object.entries(objectOf(get(result, name)))
      .filter((part): part is [string, string] => typeof part[1] === 'string' && part[1] !== '')
      .slice(0, 20)
      .sort(([a], [b]) => compareText(a, b));
    if (parts.length > 0) return [name, ...parts.flat().map((part) => part.slice(0, LONGEST_MESSAGE))];
  }
  return null;
}

/** Plain, masked and cut; empty where there is none, or no more is read. */
type MessageReader = (result: JsonObject, rule: JsonObject) => string;

/** Looking for credentials takes time: what results share is read once, and no more than `most` characters in all. */
function createMessageReader(most: number): MessageReader {
  const known = new Map<string, string>();
  let left = most;
  return (result, rule) => {
    if (left <= 0) return '';
    const said = messageOf(result, rule);
    const earlier = known.get(said);
    if (earlier !== undefined) return earlier;
    left -= said.length;
    const read = plainText(maskSecrets(said), LONGEST_MESSAGE);
    if (known.size < KEPT_MESSAGES) known.set(said, read);
    return read;
  };
}

function messageOf(result: JsonObject, rule: JsonObject): string {
  const id = textAt(result, 'message', 'id');
  const text =
    textAt(result, 'message', 'text') ??
    (id === null ? null : textAt(rule, 'messageStrings', id, 'text')) ??
    textAt(rule, 'shortDescription', 'text') ??
    '';
  const values = listOf(get(result, 'message', 'arguments'));
  let said = '';
  // The odd ones are numbers of arguments.
  for (const [at, part] of text
    .slice(0, LONGEST_READ)
    .split(/\{(\d{1,2})\}/)
    .entries()) {
    if (said.length >= LONGEST_READ) break;
    const value = at % 2 === 1 ? values[Number(part)] : part;
    said += typeof value === 'string' ? value.slice(0, LONGEST_READ - said.length) : `{${part}}`;
  }
  return said;
}

function ruleOf(result: JsonObject, run: JsonObject): JsonObject {
  const extension = wholeAt(0, result, 'rule', 'toolComponent', 'index');
  const component = extension === null ? get(run, 'tool', 'driver') : listOf(get(run, 'tool', 'extensions'))[extension];
  const rules = rulesOf(component);
  const index = wholeAt(0, result, 'rule', 'index') ?? wholeAt(0, result, 'ruleIndex');
  if (index !== null && rules.list[index]) return rules.list[index];
  const id = textAt(result, 'ruleId') ?? textAt(result, 'rule', 'id') ?? '';
  return rules.byId.get(id) ?? rules.byId.get(id.slice(0, id.lastIndexOf('/'))) ?? objectOf(null);
}

interface Rules {
  list: JsonObject[];
  byId: Map<string, JsonObject>;
}

const known = new WeakMap<object, Rules>();

function rulesOf(component: unknown): Rules {
  const key = objectOf(component);
  const earlier = known.get(key);
  if (earlier) return earlier;
  const list = listOf(get(key, 'rules')).map(objectOf);
  const byId = new Map(list.flatMap((rule) => (textAt(rule, 'id') ? [[textAt(rule, 'id') ?? '', rule] as const] : [])));
  known.set(key, { list, byId });
  return { list, byId };
}

function helpUriOf(rule: JsonObject): string | null {
  const uri = textAt(rule, 'helpUri');
  if (uri === null || uri.length > LONGEST_URI || !URL.canParse(uri)) return null;
  const { protocol, href, username, password } = new URL(uri);
  return (protocol === 'https:' || protocol === 'http:') && !username && !password ? href : null;
}

/** `pass`, `notApplicable` and `informational` tell of what is in order; `absent` of what is gone. */
function isProblem(result: JsonObject): boolean {
  const kind = textAt(result, 'kind') ?? 'fail';
  return ['fail', 'open', 'review'].includes(kind) && textAt(result, 'baselineState') !== 'absent';
}

function isSuppressed(result: JsonObject): boolean {
  const statuses = listOf(get(result, 'suppressions')).map((one) => textAt(one, 'status') ?? 'accepted');
  return statuses.length > 0 && statuses.every((status) => status === 'accepted');
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function toolOf(run: JsonObject): Tool {
  const driver = get(run, 'tool', 'driver');
  const toolName = plainText(textAt(driver, 'name') ?? '', LONGEST_NAME);
  const slug = slugOf(toolName);
  if (slug === '') throw refusal('no-tool');
  const version = textAt(driver, 'semanticVersion') ?? textAt(driver, 'version');
  return {
    // Rules of a tool called like a magic of ours are told apart from its.
    tool: slug === 'elder' || MAGIC_IDS.some((magic) => magic === slug) ? `${slug}-tool` : slug,
    toolName,
    toolVersion: version && plainText(version, LONGEST_NAME),
  };
}

/** What comes before the last `/` tells reports of one tool apart, what follows the runs of one. */
function categoryOf(run: JsonObject): string {
  const id = textAt(run, 'automationDetails', 'id') ?? '';
  return plainText(id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : id, LONGEST_NAME);
}

/** A tool that failed and found nothing does not say that nothing is there. */
function resultsOf(run: JsonObject): readonly unknown[] {
  const results = get(run, 'results');
  if (!Array.isArray(results) || (isFailed(run) && results.length === 0)) throw refusal('run-failed');
  return results;
}

function isFailed(run: JsonObject): boolean {
  return listOf(get(run, 'invocations')).some((one) => get(one, 'executionSuccessful') === false);
}

function finish({ seen: _, findings, ...report }: Collected): ImportedReport {
  const ordered = findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.path ?? '', b.path ?? '') ||
      (a.startLine ?? 0) - (b.startLine ?? 0),
  );
  const beyond = ordered.length - MAX_IMPORTED_FINDINGS;
  if (beyond > 0) {
    report.leftOut['beyond-limit'] = beyond;
    report.isWhole = false;
  }
  const numbers = new Map<string, number>();
  const kept = ordered.slice(0, MAX_IMPORTED_FINDINGS).map(({ identity, ...finding }) => {
    const number = numbers.get(identity) ?? 0;
    numbers.set(identity, number + 1);
    return {
      ...finding,
      fingerprint: sha256('elder-import-1', report.tool, report.category, identity, String(number)),
    };
  });
  return { ...report, findings: kept };
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > MAX_SARIF_BYTES) throw tooLarge();
    return bytes;
  }
  try {
    return await unpack(bytes, { maxOutputLength: MAX_SARIF_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw refusal('damaged-gzip');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('not-json');
  }
}

function refusal(problem: SarifProblem): AppError {
  return new AppError('unprocessable', `the report cannot be read: ${problem}`, { details: { problem } });
}

function tooLarge(): AppError {
  return new AppError('payload_too_large', `a report is read up to ${MAX_SARIF_BYTES} bytes`);
}
