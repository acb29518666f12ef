import { crc32 } from 'node:zlib';
import type { SecretFact } from '@/lib/magics/facts/code';
import { sha256 } from '@/lib/magics/hash';
import type { BlobRow } from '../blob-facts';
import { countBreaks } from './count-breaks';
import { encodedSecrets } from './encoded-secrets';
import { kubernetesSecrets } from './kubernetes-secrets';
import { entropyOf, isPlaceholder, isPlaceholderOfFormat, isReference, isUuid } from './secret-allowances';
import {
  ELEMENT_SECRET,
  GENERIC_KEYWORDS,
  GENERIC_SECRET,
  NOT_A_SECRET_NAME,
  PRIVATE_KEY_HEADER,
  SECRET_FORMATS,
  type SecretFormat,
  START_OF_NAME,
  UNQUOTED_SECRET,
} from './secret-formats';

type Secret = BlobRow<SecretFact>;

/** Where a credential stands. The value is for masking only. */
interface LocatedSecret extends Secret {
  values: SecretValue[];
}

const MAX_SECRETS = 100;
const MAX_MASKED = 1_000;
const MAX_VALUES = 5_000;
/** Characters looked at on each side of a keyword. */
const REACH = 1_000;

const KEYWORDS = [...new Set([...SECRET_FORMATS.flatMap((format) => format.keywords), ...GENERIC_KEYWORDS])];
const ANY_KEYWORD = new RegExp(KEYWORDS.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'), 'gi');
const ALLOWED_BY_COMMENT = /gitleaks:allow|pragma: ?allowlist secret|nosecret/i;

/** What every known shape holds, spelled as it holds it, so that most texts are passed over at the price of one look. */
const FORMAT_MARK =
  /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]|gh[pousr]_[A-Za-z0-9]|github_pat_|gl(?:pat|rt|dt|ptt|cbt)-|xox[abeoprs]-|xapp-\d|hooks\.slack\.com|[sr]k_live_|AIza|GOCSPX-|npm_[A-Za-z0-9]{36}|pypi-AgE|SG\.[A-Za-z0-9_-]{22}\.|SK[0-9a-f]{32}|sk-ant-|T3BlbkFJ|hf_[A-Za-z]{34}|dckr_pat_|do[or]?p?_v1_|shp(?:at|ss|ca|pa)_|dapi[a-f0-9]{32}|:AA[A-Za-z0-9_-]{33}|\/api\/webhooks\/|[Aa]ccount[Kk]ey=|[78]Q~|eyJ[A-Za-z0-9_-]{15}|:\/\/[^\s:@/"'`<>]{1,64}:[^\s:@/"'`<>]{6,100}@|[Aa][Ww][Ss].{0,20}(?:[Ss][Ee][Cc][Rr][Ee][Tt]|[Ss][Kk])|-----BEGIN |SWMTKN-1-|nvapi-|sl\.(?:u\.)?[A-Za-z0-9_-]{130}|AAAAAAAAAA[A-Za-z0-9_-]{43}|dt0[a-z]\d{2}\.|ya29\.|\.tines\.|\{SHA\}|sgp_|sq[upa]_[a-f0-9]{40}|sonar\.(?:login|token)|hv[sb]\.[A-Za-z0-9_-]{24}|secret[_-]id|"auth|_(?:authToken|auth|password)\s?=|<master>\{|\$(?:2[aby]|1|5|6|apr1|argon2id?)\$|LS0tLS1CRUdJTi|ZXlK|YXBpVmVyc2lvbj|[Kk]ind['"]?:\s{0,3}['"]?[Ss]ecret/;
const SETTING_MARK =
  /passw|passphrase|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|auth[_.-]?key|credential/i;

/** False when `findSecrets` would find nothing, told without looking closely. */
export function mayHoldSecrets(text: string, mode: SecretMode): boolean {
  return mode === 'value' || FORMAT_MARK.test(text) || (mode !== 'formats' && SETTING_MARK.test(text));
}

interface Candidate {
  kind: string;
  start: number;
  value: string;
  confidence: number;
}

/**
 * `formats`: only known shapes, for files full of hashes; `settings`: values without quotes and manifests too; `json`:
 * manifests too; `value`: nothing but the value, as the name of the file says.
 */
export type SecretMode = 'all' | 'settings' | 'json' | 'formats' | 'value';

/** Credentials in a text, masked and hashed; the values do not leave this function. */
export function findSecrets(text: string, mode: SecretMode): Secret[] {
  return locateSecrets(text, mode, MAX_SECRETS).map(({ values: _, ...secret }) => secret);
}

/** The text without the credentials in it, on the same lines. */
export function maskSecrets(text: string, mode: SecretMode = 'all'): string {
  const values = secretValues(text, mode);
  if (values.length === 0) return text;
  const byLine = new Map<number, SecretValue[]>();
  for (const value of values) byLine.set(value.line, [...(byLine.get(value.line) ?? []), value]);
  return text
    .split('\n')
    .map((line, index) => maskValues(line, byLine.get(index + 1) ?? []))
    .join('\n');
}

export interface SecretValue {
  line: number;
  value: string;
}

/** What has to be masked wherever a part of the text is kept. */
export function secretValues(text: string, mode: SecretMode): SecretValue[] {
  return locateSecrets(text, mode, MAX_MASKED)
    .flatMap(({ values }) => values)
    .slice(0, MAX_VALUES);
}

/** Masks each value, and the start of one where the text was cut. */
export function maskValues(text: string, secrets: readonly SecretValue[]): string {
  let masked = text;
  for (const { value } of secrets) {
    masked = masked.replaceAll(value, () => mask(value));
    for (let length = Math.min(value.length - 1, masked.length); length >= MIN_CUT; length -= 1) {
      if (!masked.endsWith(value.slice(0, length))) continue;
      masked = `${masked.slice(0, -length)}${mask(value)}`;
      break;
    }
  }
  return masked;
}

const MIN_CUT = 8;
const MAX_BARE_LINES = 5;
const BARE_VALUE = /^[A-Za-z0-9+/=_.~!@%^&*-]{16,200}$/;

/** The one value of a short file whose name says what it is. */
function bareValues(text: string): LocatedSecret[] {
  const lines = text.split('\n').map((line) => line.trim());
  const told = lines.flatMap((value, index) =>
    value === '' || value.startsWith('#') ? [] : [{ line: index + 1, value }],
  );
  const [only] = told;
  if (told.length !== 1 || lines.length > MAX_BARE_LINES || !only || !BARE_VALUE.test(only.value)) return [];
  const { value, line } = only;
  if (isPlaceholder(value) || isReference(value) || isUuid(value) || isWords(value)) return [];
  if (!/\d/.test(value) || entropyOf(value) < 3.5) return [];
  return [{ line, kind: 'generic', masked: mask(value), values: [only], hash: secretHash(value), confidence: 0.7 }];
}

/** How often a secret may be encoded. */
const MAX_DEPTH = 2;

function locateSecrets(text: string, mode: SecretMode, max: number, depth = 0): LocatedSecret[] {
  const secrets = privateKeys(text, max);
  const hasManifests = mode === 'settings' || mode === 'json';
  for (const { line, value } of hasManifests ? kubernetesSecrets(text, max) : []) {
    secrets.push({
      line,
      kind: 'kubernetes-secret',
      masked: mask(value),
      values: [{ line, value }],
      hash: secretHash(value),
      confidence: 0.7,
    });
  }
  if (mode === 'value') secrets.push(...bareValues(text));
  for (const { line, value, decoded } of depth < MAX_DEPTH ? encodedSecrets(text, max) : []) {
    const [inner] = locateSecrets(decoded, 'settings', 1, depth + 1);
    if (!inner || secrets.some((known) => known.values.some((each) => each.value === value))) continue;
    secrets.push({ ...inner, line, masked: mask(value), values: [{ line, value }], hash: secretHash(value) });
  }
  const seen = new Set<number>();
  let line = 1;
  let counted = 0;
  ANY_KEYWORD.lastIndex = 0;
  for (let hit = ANY_KEYWORD.exec(text); hit; hit = ANY_KEYWORD.exec(text)) {
    const lineStart = text.lastIndexOf('\n', hit.index) + 1;
    const lineEnd = endOfLine(text, hit.index);
    const from = Math.max(lineStart, hit.index - REACH);
    const to = Math.min(lineEnd, hit.index + REACH);
    line += countBreaks(text, counted, lineStart);
    counted = lineStart;
    for (const { kind, start, value, confidence } of candidatesIn(text.slice(from, to), mode)) {
      if (seen.has(from + start)) continue;
      seen.add(from + start);
      const isHalf = kind === 'aws-access-key' && !hasSecretHalf(text, from + start, text.slice(from, from + start));
      secrets.push({
        line,
        kind,
        masked: mask(value),
        values: [{ line, value }],
        hash: secretHash(value),
        confidence: isHalf ? Math.min(confidence, 0.4) : confidence,
      });
    }
    if (secrets.length >= max) break;
    ANY_KEYWORD.lastIndex = Math.max(to, hit.index + hit[0].length);
  }
  return secrets.slice(0, max).sort((a, b) => a.line - b.line);
}

/** An access key id opens nothing without its secret, unless the line says that it is in use. */
function hasSecretHalf(text: string, at: number, before: string): boolean {
  if (/(?:access|aws)[-_ ]?(?:key|id)[^=:]{0,20}[=:]\W*$/i.test(before)) return true;
  return /(?<![\w/+=])[\w/+]{40}(?![\w/+=])/.test(text.slice(Math.max(0, at - 300), at + 400));
}

export function secretHash(value: string): string {
  return sha256('elder.secret', value);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function candidatesIn(line: string, mode: SecretMode): Candidate[] {
  const lower = line.toLowerCase();
  const found: Candidate[] = [];
  for (const format of SECRET_FORMATS) {
    if (!format.keywords.some((keyword) => lower.includes(keyword))) continue;
    for (const match of line.matchAll(format.pattern)) addFormat(found, format, match);
  }
  if (mode !== 'formats' && GENERIC_KEYWORDS.some((keyword) => lower.includes(keyword))) {
    for (const match of line.matchAll(GENERIC_SECRET)) addGeneric(found, line, match, startOfName(line, match.index));
    for (const match of line.matchAll(ELEMENT_SECRET)) addGeneric(found, line, match);
    const unquoted = mode === 'settings' ? UNQUOTED_SECRET.exec(line.trimEnd()) : null;
    if (unquoted) addGeneric(found, line, unquoted);
  }
  const factor = ALLOWED_BY_COMMENT.test(line) ? 0.3 : 1;
  return found.map((candidate) => ({ ...candidate, confidence: candidate.confidence * factor }));
}

/** Documentation of a format, and tests of it. */
const ABOUT_HASHES = /\bexample\b|\bassert|\bexpect/i;
/** A comment that shows what a value looks like. */
const GIVEN_AS_EXAMPLE = /^\s{0,40}(?:#|\/\/|\*|;).{0,200}\b(?:like|such as|e\.g\.)[\s:"'`]{1,5}$/i;
/** Addresses that hold good for minutes. */
const SIGNED_ADDRESS = /https:\/\/[\w.-]{1,100}\/\S{0,300}[?&]jwt=$/;

function addFormat(found: Candidate[], format: SecretFormat, match: RegExpExecArray): void {
  const value = match.groups?.value ?? match[0];
  const start = match.index + match[0].lastIndexOf(value);
  const isHash = format.kind === 'generic-password-hash';
  if (isTaken(found, start, value) || isPlaceholderOfFormat(value) || (!isHash && isReference(value))) return;
  if (format.minEntropy !== undefined && entropyOf(value) < format.minEntropy) return;
  if (format.kind === 'connection-string' && (isPlaceholder(value) || !isPublicHost(match.groups?.host ?? ''))) return;
  if (format.kind === 'connection-string' && GIVEN_AS_EXAMPLE.test(match.input.slice(0, match.index))) return;
  if (isHash && ABOUT_HASHES.test(match.input.slice(0, match.index))) return;
  if (format.kind === 'jwt' && SIGNED_ADDRESS.test(match.input.slice(0, match.index))) return;
  const isForged = format.checksum === 'github' && !hasValidChecksum(value);
  found.push({ kind: format.kind, start, value, confidence: isForged ? 0.6 : format.confidence });
}

/** A bare service name or a loopback address is a development set-up. */
function isPublicHost(host: string): boolean {
  if (/^(?:127\.|10\.|192\.168\.|0\.0\.0\.0)/.test(host)) return false;
  return host.includes('.') && !/\.(?:local|localhost|test|invalid|internal)$|example|your|<|host\./i.test(host);
}

function addGeneric(found: Candidate[], line: string, match: RegExpExecArray, before = ''): void {
  const { value = '' } = match.groups ?? {};
  const name = `${before}${match.groups?.name ?? ''}`;
  const start = match.index + match[0].lastIndexOf(value);
  const isPassword = /passw|passphrase/i.test(name);
  if (isTaken(found, start, value) || NOT_A_SECRET_NAME.test(name)) return;
  if (isPlaceholder(value) || isReference(value) || isWords(value.replace(ENTITY, '&'))) return;
  if (isUuid(value) && !/client_?secret$/i.test(name)) return;
  const decoded = decodedText(value);
  if (decoded !== null && (/^ENC\[/.test(decoded) || isPlaceholder(decoded) || isReference(decoded))) return;
  if (!/[A-Za-z]/.test(value)) return;
  // Without a digit only signs tell a password from a word, and letters of other scripts are words.
  if (!/\d/.test(value) && !(isPassword && /^[!-~]+$/.test(value) && /[^A-Za-z0-9_.-]/.test(value))) return;
  const isStrong = value.length >= 16 && entropyOf(value) >= 3.5;
  const isStrongPassword = isPassword && classesIn(value) >= 3 && entropyOf(value) >= 2.75;
  if (!isStrong && !isStrongPassword) return;
  if (/integrity|sha\d{3}|checksum|etag|commit/i.test(line.slice(0, start))) return;
  found.push({ kind: 'generic', start, value, confidence: isStrong ? 0.7 : 0.6 });
}

function startOfName(line: string, wordAt: number): string {
  return START_OF_NAME.exec(line.slice(Math.max(0, wordAt - 40), wordAt))?.[0] ?? '';
}

const ENTITY = /&(?:amp|lt|gt|quot|apos);/g;

/** What a value says in base64, when that is text. */
function decodedText(value: string): string | null {
  if (!/^[A-Za-z0-9+/]{12,}={0,2}$/.test(value)) return null;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return /^[ -~]+$/.test(decoded) ? decoded : null;
}

/** Formats stand first: what one of them took is not judged again. */
function isTaken(found: readonly Candidate[], start: number, value: string): boolean {
  return found.some((other) => start < other.start + other.value.length && other.start < start + value.length);
}

/** Identifiers, paths, addresses, keys of translations and sentences: made of words, not of random characters. */
function isWords(value: string): boolean {
  if (/^(?:https?:|\/|\.{1,2}\/|data:|[\w.+-]+@[\w-]+\.)/.test(value)) return true;
  if (/[(){}<>;,[\]|^]/.test(value)) return true;
  const pieces = value.split(/[._/:-]+|(?<=[a-z])(?=[A-Z])/).filter(Boolean);
  const words = pieces.filter((piece) => /^(?:[A-Za-z]?[a-z]{2,14}|[A-Z]{2,14}|\d{1,4}|v\d)$/.test(piece));
  return words.length >= pieces.length * 0.6;
}

function classesIn(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The last six characters of these tokens are the CRC-32 of the thirty before them. */
function hasValidChecksum(token: string): boolean {
  const body = token.slice(4, -6);
  let rest = crc32(body);
  let digits = '';
  while (rest > 0) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits.padStart(6, '0') === token.slice(-6);
}

/** Assigned to a name that says that nothing is locked with it. */
const NAMED_FAKE = /\b(?:fake|test|dummy|mock|stub|sample|example)\w{0,40}\s{0,3}[=:]\s{0,3}["'`]$/i;
const MAX_KEY_CHARACTERS = 8_000;
const MIN_KEY_CHARACTERS = 100;

/** Keys in PEM, also when written as one string with `\n`. A header alone is documentation. */
function privateKeys(text: string, max: number): LocatedSecret[] {
  const secrets: LocatedSecret[] = [];
  let line = 1;
  let counted = 0;
  for (let at = text.indexOf('-----BEGIN '); at >= 0; at = text.indexOf('-----BEGIN ', at + 11)) {
    const header = PRIVATE_KEY_HEADER.exec(text.slice(at, at + 60));
    if (header?.index !== 0) continue;
    if (NAMED_FAKE.test(text.slice(Math.max(0, at - 60), at))) continue;
    const rest = text.slice(at + header[0].length, at + header[0].length + MAX_KEY_CHARACTERS);
    const end = rest.indexOf('-----END ');
    if (end < 0) continue;
    const body = rest.slice(0, end).replace(/\\[rn]|^[A-Za-z-]+: .*$|[^A-Za-z0-9+/=]/gm, '');
    if (body.length < MIN_KEY_CHARACTERS || entropyOf(body) < 4.5) continue;
    line += countBreaks(text, counted, at);
    counted = at;
    secrets.push({
      line,
      kind: 'private-key',
      masked: `${header[0]} …`,
      values: keyLines(rest.slice(0, end), line),
      hash: secretHash(body),
      confidence: 0.95,
    });
    if (secrets.length >= max) break;
  }
  return secrets;
}

function keyLines(key: string, firstLine: number): SecretValue[] {
  return key
    .split('\n')
    .flatMap((text, index) =>
      (text.match(/[A-Za-z0-9+/]{20,}={0,2}/g) ?? []).map((value) => ({ line: firstLine + index, value })),
    );
}

function mask(value: string): string {
  return value.length >= 20
    ? `${value.slice(0, 4)}****${value.slice(-2)}`
    : `${value.slice(0, 1)}****${value.slice(-1)}`;
}
