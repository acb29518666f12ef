/** Values that stand for a credential without being one. */
const PLACEHOLDER =
  /example|sample|dummy|fake|placeholder|change[-_ ]?me|your[-_ ]?|my[-_ ]?(?:secret|token|password|api|key|pass)|insert|replace|redacted|foo|bar(?![a-z0-9])|baz|qux|test|todo|fixme|xxx|\*\*\*|\.\.\.|<[^<>]*>|lorem|ipsum|undefined|null|none|secret|password|passwd|token|apikey|api[-_]key|abcdef|qwerty|letmein|admin|default|1234567|0123456|deadbeef|hunter2|correct.?horse|s3cr3t|p[a@4]ss?w[o0]rd|mock|stub|demo|invalid|wrong|not[-_]?a|bogus|localhost|gho_16C7e42F292c6912E7710c838347Ae178B4a/i;

const REFERENCE =
  /^\$|\$\{|\$\(|\{\{|%\(|%[A-Z_]+%|#\{|<%|\bprocess\.env\b|\bos\.environ\b|\bgetenv\b|\bENV\[|^@|^env[:.]|^vault:|^ssm:|^arn:|^secrets?[./:]|^ref\+|^op:\/\//i;

const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || isRepetitive(value) || isSequence(value);
}

export function isReference(value: string): boolean {
  return REFERENCE.test(value);
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Few different characters, or one short piece over and over. */
function isRepetitive(value: string): boolean {
  if (new Set(value).size <= 4) return true;
  for (let size = 1; size <= Math.min(8, value.length / 3); size += 1) {
    if (
      value ===
      value
        .slice(0, size)
        .repeat(Math.ceil(value.length / size))
        .slice(0, value.length)
    )
      return true;
  }
  return false;
}

/** Neighbouring characters follow one another: `abcdefgh`, `12345678`. */
function isSequence(value: string): boolean {
  let steps = 0;
  for (let at = 1; at < value.length; at += 1) if (value.charCodeAt(at) - value.charCodeAt(at - 1) === 1) steps += 1;
  return steps >= value.length * 0.6;
}

/** Shannon entropy in bits a character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

const FORMAT_PLACEHOLDER =
  /example|sample|dummy|placeholder|redacted|xxxx|0000|1234567|abcdef|your|fake|deadbeef|\*\*|\.\.\.|eyJzdWIiOiIxMjM0NTY3ODkw|gho_16C7e42F292c6912E7710c838347Ae178B4a/i;

/** A value of a known shape is random enough that short words in it are chance. */
export function isPlaceholderOfFormat(value: string): boolean {
  return FORMAT_PLACEHOLDER.test(value) || isRepetitive(value) || isSequence(value);
}
