import type { BlobFacts } from './blob-facts';
import { blobPlan } from './blob-plan';
import { collectCode } from './code/collect-code';
import { languageOfBlob } from './language-of-blob';
import { languageFor } from './languages/registry';
import { binaryKind } from './text/binary-kind';
import { lexComments } from './text/comment-lexer';
import { findConflictMarkers } from './text/conflict-markers';
import { findDataErrors } from './text/data-syntax';
import { cutOverlongLines, decodeText, hasOverlongLine, MAX_BLOB_BYTES } from './text/decode';
import { findDocumentReferences } from './text/document-references';
import { firstLineOf } from './text/first-line';
import { isGeneratedText } from './text/generated';
import { findHiddenCharacters, findMixedEncoding, findNuls } from './text/hidden-characters';
import { LEXER_FAMILIES, type LexerFamilyId } from './text/lexer-families';
import { maskRows } from './text/mask-rows';
import { findPathMentions } from './text/path-mentions';
import { findPlaceholders } from './text/placeholder-values';
import { findSecrets, secretValues } from './text/secrets';

/** Facts of a blob that was not read, with the reason. */
export function skippedBlob(reason: string | null): BlobFacts {
  return {
    skipped: reason,
    isBinary: false,
    binaryKind: null,
    language: null,
    isGenerated: false,
    testFramework: null,
    codeLines: 0,
    commentLines: 0,
    blankLines: 0,
    maxClassMethods: 0,
    comments: [],
    functions: [],
    swallowedErrors: [],
    suppressions: [],
    debugCalls: [],
    imports: [],
    tests: [],
    testSmells: [],
    assertionHelpers: [],
    logicFlaws: [],
    magicNumbers: [],
    shortNames: [],
    dangerousCalls: [],
    securityFlaws: [],
    slowForms: [],
    typeCoverage: [],
    testBranches: [],
    placeholders: [],
    documentReferences: [],
    shellFlaws: [],
    parseErrors: [],
    dataErrors: [],
    secrets: [],
    conflictMarkers: [],
    hiddenCharacters: [],
    testLines: [],
    pathMentions: [],
    fingerprints: [],
    tokens: '',
    codeHash: null,
    declaredPackage: null,
  };
}

/** Reads one blob. Never throws for what the bytes hold. */
export async function collectBlob(path: string, bytes: Uint8Array): Promise<BlobFacts> {
  if (bytes.length > MAX_BLOB_BYTES) return skippedBlob('too-large');
  const decoded = decodeText(bytes);
  if (!decoded) {
    const hiddenCharacters = languageFor(path) === null ? [] : findNuls(bytes);
    return { ...skippedBlob('binary'), isBinary: true, binaryKind: binaryKind(bytes), hiddenCharacters };
  }
  const { text } = decoded;
  const plan = blobPlan(path);
  if (hasOverlongLine(text)) {
    const secrets = findSecrets(cutOverlongLines(text), plan.secrets);
    return { ...skippedBlob('line-too-long'), isGenerated: true, secrets };
  }

  const language = languageOfBlob(path, text);
  const isGenerated = isGeneratedText(text, path);
  const base: BlobFacts = { ...skippedBlob(null), language, isGenerated };
  const code = language && !isGenerated ? await collectCode(text, language) : null;
  const read =
    code ??
    lexComments(text, LEXER_FAMILIES[plan.lexer ?? (language ? 'prose' : familyOfFirstLine(firstLineOf(text)))]);
  const lookalikes = code === null || 'skipped' in code ? [] : code.hiddenCharacters;
  const encoding = decoded.encoding === 'utf-8' ? findMixedEncoding(bytes, text) : [];
  const values = secretValues(text, plan.secrets);
  const dataErrors = plan.data ? findDataErrors(text, plan.data) : [];
  const placeholders =
    plan.placeholders && !isGenerated
      ? findPlaceholders(text, 'comments' in read ? read.comments : [], plan.placeholders === 'settings')
      : [];
  return {
    ...base,
    ...maskRows(read, values),
    language,
    isGenerated,
    ...maskRows({ dataErrors, placeholders }, values),
    documentReferences: plan.isMarkdown ? findDocumentReferences(text) : [],
    pathMentions: plan.mentions ? findPathMentions(text, language, plan.mentions === 'settings') : [],
    secrets: findSecrets(text, plan.secrets),
    conflictMarkers: plan.hasConflicts ? findConflictMarkers(text) : [],
    hiddenCharacters: [...findHiddenCharacters(text), ...encoding, ...lookalikes].sort((a, b) => a.line - b.line),
  };
}

function familyOfFirstLine(line: string): LexerFamilyId {
  if (line.startsWith('#!')) return 'hash';
  return line.startsWith('<?xml') || /^<!doctype/i.test(line) ? 'markup' : 'prose';
}
