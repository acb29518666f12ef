import type { CommentFact } from '../facts/code';

/** Code that was switched off by making it a comment, told from prose, examples and tables. */

interface CodeBlock {
  path: string;
  line: number;
  endLine: number;
  /** The first lines, joined. */
  text: string;
}

const MIN_LINES = 5;
const MIN_SHARE = 0.8;
/** Characters of a line of code in a comment whose lines were folded. */
const FOLDED_LINE = 60;

const STATEMENT =
  /^(?:[\w$.[\]'"<>*&:]+(?: [\w$<>[\],*&]+){0,3} ?(?:[-+*/|&^%]|<<|>>|\?\?|\|\|)?:?= ?\S|(?:await |return |yield |throw |new |delete |go |defer )?[\w$]+(?:(?:\.|->|::|\?\.)[\w$]+)*!?\(.*[;,{)]$)/u;
const KEYWORD =
  /^(?:\}? ?else(?: if\b.*)?[:{]?$|(?:\} ?)?(?:el(?:se )?if|if|for|foreach|while|switch|match|catch|with|until|unless)\b.*[:{)]$|(?:return|throw|raise|yield|break|continue|await|goto|defer|use|import|package|namespace|#include|#define)\b.*;?$|(?:try|finally|do|begin|ensure|default)\b ?[:{]$|case .+:$|(?:export |pub |public |private |protected |internal |static |async |final |override )*(?:def|fn|func|fun|function|class|struct|interface|enum|trait|impl|const|let|var|val|void|int|bool|string)\b.*[;:{(,)=]$|end$|fi$|done$|esac$|pass$)/u;
const ASSIGNMENT = /^[^=!<>]{1,80}[^=!<>] ?:?= ?[^=\s]/u;
/** Ends of blocks, and properties of an object. */
const CLOSING = /^[\])}]+[;,)]*(?:\s?else.*\{)?$|^[\w$'"]{1,60}: [^\s,]{1,100},$/u;
const TERMINATED = /[;{]$/u;
/** Words in a row, a list, a tag. */
const PROSE =
  /^(?:[\p{L}'’"(-]+[,:]? ){4,}[^;{}=()]*$|^[-*•\d][.)]? |^@\w|^\W*$|[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]{3}/u;
const SENTENCE_END = /[\p{L}\d`)"'][.!?:]$/u;
const EXAMPLE =
  /\b(?:examples?|e\.g\.|for instance|usage|use(?:d)? (?:it )?like|looks? like|equivalent|same as|something like|pseudo-?code|roughly|translates?|expands?|compiles?|generat(?:es?|ed)|output|becomes?|produces?|instead of|rewritten|syntax|grammar|format|i\.e\.|algorithm|snippet|turns? into|following|below|uncomment|reference implementation|definition (?:for|of))\b|https?:\/\/|```|>>>|=>\s*$|例|のように|以下/i;

/** Above a block comment: what it holds is to be tried, not left over. */
const SHOWN = /\b(?:uncomment|examples?|usage)\b|例/i;

/** Blocks of at least five lines, by path and line. */
export function codeBlocks(comments: readonly CommentFact[]): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let run: CommentFact[] = [];
  const settle = () => {
    const block = blockOfRun(run);
    if (block) blocks.push(block);
    run = [];
  };
  for (const comment of comments) {
    const last = run.at(-1);
    if (last && (comment.path !== last.path || comment.line !== last.endLine + 1)) settle();
    if (comment.kind === 'line' && comment.line === comment.endLine) run.push(comment);
    else {
      const above = run.at(-1);
      const isShown = above?.path === comment.path && above.endLine + 1 === comment.line && SHOWN.test(above.text);
      settle();
      if (comment.kind === 'block' && !isShown && isFoldedCode(comment)) blocks.push(toBlock([comment]));
    }
  }
  settle();
  return blocks;
}

/** The longest part of a run of line comments that is code, when it is long enough. */
function blockOfRun(run: readonly CommentFact[]): CodeBlock | null {
  if (run.length < MIN_LINES) return null;
  const first = run.findIndex(({ text }) => isCode(text));
  const last = run.findLastIndex(({ text }) => isCode(text));
  if (first < 0 || last - first + 1 < MIN_LINES) return null;
  // Code below a sentence is what the sentence talks about.
  if (run.slice(0, first).some(({ text }) => EXAMPLE.test(text) || /[:：]$/u.test(text))) return null;
  const part = run.slice(first, last + 1);
  const filled = part.filter(({ text }) => text !== '');
  if (filled.some(({ text }) => EXAMPLE.test(text) && !isCode(text))) return null;
  const code = filled.filter(({ text }) => isCode(text));
  if (code.length < MIN_LINES || code.length / filled.length < MIN_SHARE) return null;
  const statements = code.filter(({ text }) => STATEMENT.test(text) || KEYWORD.test(text));
  // A list of calls may be a table, a column of notes behind the lines of code, or a trace.
  const acts = code.filter(({ text }) => KEYWORD.test(text) || ASSIGNMENT.test(text) || TERMINATED.test(text));
  return statements.length >= 3 && acts.length >= 2 ? toBlock(part) : null;
}

function isCode(text: string): boolean {
  if (CLOSING.test(text)) return true;
  const isTerminated = TERMINATED.test(text);
  if (PROSE.test(text) && !isTerminated) return false;
  if (KEYWORD.test(text)) return true;
  if (SENTENCE_END.test(text)) return false;
  return STATEMENT.test(text) || (isTerminated && /[=(){}<>.]/.test(text));
}

/** A block comment is one text without its line ends: its statements are counted by their ends. */
function isFoldedCode({ text, line, endLine }: CommentFact): boolean {
  if (endLine - line + 1 < MIN_LINES || EXAMPLE.test(text)) return false;
  const ends = text.match(/[;{}](?= |$)/g)?.length ?? 0;
  const sentences = text.match(/\p{L}{2}[.!?](?= \p{Lu}| *$)/gu)?.length ?? 0;
  const first = text.split(/(?<=[;{}]) /, 1)[0] ?? '';
  return ends >= MIN_LINES - 1 && sentences === 0 && ends >= text.length / FOLDED_LINE && isCode(first);
}

function toBlock(comments: readonly CommentFact[]): CodeBlock {
  const first = comments[0];
  const text = comments
    .slice(0, MIN_LINES)
    .map((comment) => comment.text)
    .join(' ');
  return { path: first?.path ?? '', line: first?.line ?? 1, endLine: comments.at(-1)?.endLine ?? 1, text };
}
