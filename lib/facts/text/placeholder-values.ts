import type { CommentFact, PlaceholderFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';

type Row = BlobRow<PlaceholderFact>;

const MAX_ROWS = 200;
const MAX_TEXT = 200;

/** Whole values that say they are to be replaced. */
const WORD =
  /^(?:change[-_ ]?(?:me|this)(?:[-_ ]?(?:please|now|in[-_ ]?production))?|replace[-_ ]?(?:me|this)|fill[-_ ]?(?:me|this)[-_ ]?in|please[-_ ]change(?:[-_ ]me)?|to[-_ ]be[-_ ](?:replaced|changed|filled)|insert[-_ ][\w -]{1,30}[-_ ]here|put[-_ ][\w -]{1,30}[-_ ]here|<?your[-_ ][\w -]{1,40}[-_ ](?:here|goes[-_ ]here)>?|<your[-_ ][\w -]{1,40}>|<?your[-_](?:api|secret|access|client|private|auth)[-_]?(?:key|token|secret|id)>?|replace[-_ ]with[-_ ][\w -]{1,40})$/i;
const HOST =
  /^(?:https?|wss?|ftp|smtp|postgres(?:ql)?|mysql|mongodb|redis|amqp):\/\/(?:[\w.%:-]{1,60}@)?(?:[\w-]{1,60}\.){0,4}(?:your-?(?:domain|site|company|app|server)\.(?:com|org|net|io|dev)|example\.(?:com|org|net))(?=[/:?#]|$)/i;
const LOREM = /\blorem ipsum dolor\b/i;
const HINT = /change|replace|fill|please|to[-_ ]be|insert|put|your|example\.|lorem/i;

const QUOTED = /(?<before>[^\s"'`]{0,3}[ \t]{0,3})(?<quote>["'`])(?<value>[^"'`\n]{1,200})\k<quote>/g;
/** A setting of a format that needs no quotes: `key: value`, `KEY=value`. */
const SETTING =
  /^[ \t]{0,40}(?:-[ \t]{1,4})?(?:export[ \t]{1,4})?["']?\w[\w.[\]/-]{0,80}["']?[ \t]{0,5}[:=][ \t]{0,10}(?<value>[^\s#"'][^#\n]{0,150})/;
const REMARK = /^[ \t]*(?:[#;!]|\/\/|--|<!--)/;
/** The value is compared with, listed or shown to people, not used. */
const COMPARED = /[=!]==?[ \t]*$|[[,][ \t]*$|\bin[ \t]*$/;
const SHOWN =
  /placeholder|examples?(?!\.)|sample|hint|label|usage|help|description|tooltip|title|message|comment|docs?\b|(?:\$t|\bt|\b_|gettext|translate)\(/i;

/** Values in settings and in literals that stand for real ones. */
export function findPlaceholders(
  text: string,
  comments: readonly Pick<CommentFact, 'line' | 'endLine'>[],
  isSettings: boolean,
): Row[] {
  if (!HINT.test(text)) return [];
  const rows: Row[] = [];
  const commented = commentedLines(comments);
  const lines = text.split('\n');
  for (let index = 0; index < lines.length && rows.length < MAX_ROWS; index += 1) {
    const line = (lines[index] ?? '').slice(0, 1_000);
    if (!HINT.test(line) || (isSettings ? REMARK.test(line) : commented.has(index + 1))) continue;
    const form = formOf(line, isSettings);
    if (form) rows.push({ line: index + 1, form, text: line.trim().slice(0, MAX_TEXT) });
  }
  return rows;
}

function formOf(line: string, isSettings: boolean): Row['form'] | null {
  if (SHOWN.test(line)) return null;
  if (LOREM.test(line)) return 'filler';
  for (const { groups } of line.matchAll(QUOTED)) {
    if (COMPARED.test(groups?.before ?? '')) continue;
    const form = formOfValue(groups?.value ?? '', isSettings);
    if (form) return form;
  }
  const value = isSettings ? SETTING.exec(line)?.groups?.value : undefined;
  return value === undefined ? null : formOfValue(value, isSettings);
}

function formOfValue(value: string, isSettings: boolean): Row['form'] | null {
  const trimmed = value.trim();
  if (WORD.test(trimmed)) return 'value';
  return isSettings && HOST.test(trimmed) ? 'host' : null;
}

function commentedLines(comments: readonly Pick<CommentFact, 'line' | 'endLine'>[]): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { line, endLine } of comments) for (let each = line; each <= endLine; each += 1) lines.add(each);
  return lines;
}
