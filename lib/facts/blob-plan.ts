import { classifyPath } from '@/lib/magics/classify-path';
import type { FileRole, LanguageId } from '@/lib/magics/facts/code';
import { languageFor } from './languages/registry';
import { type DataFormat, dataFormatFor } from './text/data-formats';
import { type LexerFamilyId, lexerFamilyFor } from './text/lexer-families';
import type { SecretMode } from './text/secrets';

/** All that a path decides about how a blob is read. Equal plans and equal blobs give equal facts. */
export interface BlobPlan {
  language: LanguageId | null;
  /** null: the first line decides. */
  lexer: LexerFamilyId | null;
  data: DataFormat | null;
  secrets: SecretMode;
  /** Prose underlines headings with the same marks, and shows conflicts. */
  hasConflicts: boolean;
  /** Where placeholders are looked for: in literals of code, in settings, or nowhere. */
  placeholders: 'literals' | 'settings' | null;
  isMarkdown: boolean;
  /** Whether names of files and modules are looked for, and in settings those of packages too. */
  mentions: 'paths' | 'settings' | null;
}

/**
 * Roles whose code nobody of the project writes or runs: they are not parsed, and only yield secrets, conflict marks and
 * data errors.
 */
export const SILENT_ROLES: ReadonlySet<FileRole> = new Set(['generated', 'vendored', 'fixture', 'lock', 'binary']);

const PROSE = /\.(?:md|mdx|markdown|rst|adoc|asciidoc|txt|text|diff|patch|rej|orig|snap)$/i;
const MARKDOWN = /\.(?:md|mdx|markdown)$/i;
const HASHES = /(?:[.-]lock|lock\.(?:json|ya?ml)|\.(?:lockfile|sum|map|svg|snap|po|pot|csv|tsv|resolved)|\.min\.\w+)$/i;

/** Files of names and values, where a value needs no quotes. */
const SETTINGS =
  /(?:^|\/)(?:\.?env(?:\.[^/]+)?|\.npmrc|\.pypirc|\.netrc|\.yarnrc|credentials)$|\.(?:env|properties|ya?ml|ini|cfg|conf|tfvars)$/i;

/** Their lists of packages say what is wanted, not what is used. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.cfg|Pipfile|requirements[^/]*\.(?:txt|in)|environment\.ya?ml)$/;

/** Tools read settings of any name near the root. */
const TOOL_SETTINGS = /^(?:[^/]+\/){0,2}[^/]+\.(?:json[5c]?|ya?ml|toml)$/;

/** Files that are named after the one value in them. */
const NAMED_VALUE =
  /(?:^|[/._-])(?:passw(?:or)?d|passphrase|(?:client|access)?[._-]?(?:secret|token)|[a-z]{0,20}token|api[._-]?key)$/i;

export function blobPlan(path: string): BlobPlan {
  const role = classifyPath(path);
  const isSilent = SILENT_ROLES.has(role);
  const language = isSilent ? null : languageFor(path);
  return {
    language,
    lexer: isSilent ? 'prose' : language ? null : lexerFamilyFor(path),
    data: role === 'lock' ? null : dataFormatFor(path),
    secrets: secretModeOf(path),
    hasConflicts: !PROSE.test(path),
    placeholders: role === 'production' ? 'literals' : role === 'configuration' ? 'settings' : null,
    isMarkdown: !isSilent && MARKDOWN.test(path),
    mentions: mentionsOf(path, role),
  };
}

/** Code that was generated imports code that was not. */
function mentionsOf(path: string, role: FileRole): BlobPlan['mentions'] {
  if (SILENT_ROLES.has(role) && role !== 'generated') return null;
  const isSettings = role === 'configuration' || (role === 'data' && TOOL_SETTINGS.test(path));
  return isSettings && !MANIFEST.test(path) ? 'settings' : 'paths';
}

function secretModeOf(path: string): SecretMode {
  if (NAMED_VALUE.test(path)) return 'value';
  if (HASHES.test(path)) return 'formats';
  if (SETTINGS.test(path)) return 'settings';
  return /\.json$/i.test(path) ? 'json' : 'all';
}
