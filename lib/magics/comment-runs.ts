import type { CommentFact } from './facts/code';

/** Most lines that are read as one: longer ones are headers and code that was commented out. */
const MAX_LINES = 12;

export interface CommentRun extends CommentFact {
  /** Texts of the comments it is made of. */
  parts: string[];
}

/** Comments of one line each, straight below one another, read as the one comment they are. Others stand alone. */
export function* commentRuns(comments: readonly CommentFact[]): Generator<CommentRun> {
  let run: CommentRun | null = null;
  for (const comment of comments) {
    if (run && run.parts.length < MAX_LINES && isBelow(comment, run)) {
      run.parts.push(comment.text);
      run.endLine = comment.endLine;
      run.text = `${run.text} ${comment.text}`;
      continue;
    }
    if (run) yield run;
    run = { ...comment, parts: [comment.text] };
  }
  if (run) yield run;
}

function isBelow(comment: CommentFact, run: CommentRun): boolean {
  const areLines = run.kind === 'line' && comment.kind === 'line';
  return areLines && run.path === comment.path && comment.line === run.endLine + 1;
}
