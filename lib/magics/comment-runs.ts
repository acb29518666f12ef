import type { CommentFact } from './facts';

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
    const follows = run?.kind === 'line' && comment.kind === 'line' && run.path === comment.path;
    if (run && follows && comment.line === run.endLine + 1 && run.parts.length < MAX_LINES) {
      run.parts.push(comment.text);
      run = { ...run, endLine: comment.endLine, text: `${run.text} ${comment.text}` };
      continue;
    }
    if (run) yield run;
    run = { ...comment, parts: [comment.text] };
  }
  if (run) yield run;
}
