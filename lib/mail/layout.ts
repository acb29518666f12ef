import type { Language } from '@/lib/magics/types';

export interface Letter {
  language: Language;
  subject: string;
  paragraphs: readonly string[];
  /** Things that happened, each with its lines and a page. */
  sections?: readonly { title: string; lines: readonly string[]; link: { label: string; url: string } | null }[];
  /** The one thing to do; null where sections have links of their own. */
  action: { label: string; url: string } | null;
  /** Told before the address in full, for readers whose button does nothing. */
  actionHelp: string;
  /** Small print at the end. */
  notes: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const WORD_JOINER = '\u2060';

/**
 * A letter as plain text and as HTML. The HTML loads nothing, and leaves colours of text and ground to the reader's
 * program, so that it is read in the dark too.
 */
export function layOut(letter: Letter): { text: string; html: string } {
  return { text: asText(letter), html: asHtml(letter) };
}

/**
 * A name that somebody chose, for the body of a letter: mail programs would make a link of what looks like one, and a
 * stranger's team could be called anything. It looks the same.
 */
export function nameInLetter(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/(?<=\S)[.:/@](?=\S)/g, `${WORD_JOINER}$&${WORD_JOINER}`);
}

function asText({ paragraphs, sections = [], action, notes }: Letter): string {
  const told = sections.map(({ title, lines, link }) =>
    [title, ...lines.map((line) => `- ${line}`), ...(link ? [`${link.label}: ${link.url}`] : [])].join('\n'),
  );
  const todo = action ? [`${action.label}:\n${action.url}`] : [];
  return `${[...paragraphs, ...told, ...todo, '---', ...notes].join('\n\n')}\n`;
}

function asHtml({ language, subject, paragraphs, sections = [], action, actionHelp, notes }: Letter): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
${paragraphs.map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`).join('\n')}
${sections.map(sectionAsHtml).join('\n')}
${action ? actionAsHtml(action, actionHelp) : ''}
<hr style="border:0;border-top:1px solid #888888;margin:24px 0">
${notes.map((text) => `<p style="margin:0 0 8px;font-size:14px">${escapeHtml(text)}</p>`).join('\n')}
</div>
</body>
</html>
`;
}

function actionAsHtml(action: { label: string; url: string }, actionHelp: string): string {
  const url = escapeHtml(action.url);
  return `<p style="margin:24px 0"><a href="${url}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:14px">${escapeHtml(actionHelp)}<br><a href="${url}">${url}</a></p>`;
}

function sectionAsHtml({ title, lines, link }: NonNullable<Letter['sections']>[number]): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  const page = link
    ? `<p style="margin:0 0 16px"><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`
    : '';
  return `<h2 style="margin:24px 0 8px;font-size:16px">${escapeHtml(title)}</h2>
<ul style="margin:0 0 8px;padding-left:20px">${items}</ul>
${page}`;
}

/** Its own ground and text, legible on light and on dark. */
const BUTTON =
  'display:inline-block;padding:10px 20px;border-radius:6px;background-color:#2f5fa8;color:#ffffff;font-weight:600;text-decoration:none';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
