export interface Message {
  subject: string;
  /** Lines of the first paragraph. */
  subjectLines: number;
  body: string;
  trailers: { key: string; value: string }[];
}

const TRAILER = /^(BREAKING CHANGE|[A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(\S.*)$/;
const WELL_KNOWN = /^(?:signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by|change-id|cc|fixes|closes)[ \t]*:/i;
const CHERRY_PICK = /^\(cherry picked from commit [0-9a-f]+\)$/;

/** Splits a commit message as Git does: the first paragraph is the subject, `Key: value` lines at the end are trailers. */
export function parseMessage(message: string): Message {
  const text = message.replace(/\r\n?/g, '\n').trim();
  const end = /\n[ \t]*\n/.exec(text);
  const first = (end ? text.slice(0, end.index) : text).split('\n');
  const subject = first.join(' ').trim();
  const body = end ? text.slice(end.index).trim() : '';
  return { subject, subjectLines: first.length, body, trailers: body ? parseTrailers(body) : [] };
}

function parseTrailers(body: string): Message['trailers'] {
  const lines = (body.split(/\n[ \t]*\n/).at(-1) ?? '').split('\n');
  const trailers: Message['trailers'] = [];
  let others = 0;
  for (const line of lines) {
    const [, key, value] = TRAILER.exec(line) ?? [];
    const last = trailers.at(-1);
    if (key && value) trailers.push({ key, value: value.trim() });
    else if (/^[ \t]/.test(line) && last) last.value += ` ${line.trim()}`;
    else if (!CHERRY_PICK.test(line)) others += 1;
  }
  const isBlock = others === 0 || (lines.some((line) => WELL_KNOWN.test(line)) && trailers.length >= others / 3);
  return isBlock ? trailers : [];
}
