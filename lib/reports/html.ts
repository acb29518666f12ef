import { createHash } from 'node:crypto';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import type { Language } from '@/lib/magics/types';
import type { AuditDocument } from './audit-document';
import { type DocumentWords, type FindingWords, wordsOf } from './document-words';

/** A page with more is slow to open. */
const MAX_FINDINGS = 5_000;

/** Tokens of the interface; severities are words first. */
const STYLE = `
:root{color-scheme:light dark;--canvas:#f6f5f1;--surface:#fff;--line:#e3e0d8;--text:#1c1a17;--text2:#57524a;--crit:#8c1c10;--on-crit:#fff;--verm:#ae2f1a;--ochre:#7a5200}
@media (prefers-color-scheme:dark){:root{--canvas:#141311;--surface:#1b1a17;--line:#2f2c27;--text:#ece8df;--text2:#b7b1a5;--crit:#f4957f;--on-crit:#2a0d07;--verm:#f4957f;--ochre:#e2b85e}}
*{box-sizing:border-box}
body{margin:0;padding:24px;background:var(--canvas);color:var(--text);font:14px/1.6 "Inter Variable","Noto Sans JP Variable",system-ui,sans-serif}
main{max-width:960px;margin:0 auto}
h1{font-size:20px;line-height:1.4}h2{font-size:16px;margin:28px 0 8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0;padding:14px 16px;background:var(--surface);border:1px solid var(--line);border-radius:8px}
dt{color:var(--text2)}dd{margin:0;overflow-wrap:anywhere}
code{font-family:ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere}
.note{border-left:3px solid var(--ochre);padding:4px 12px;margin:12px 0}
table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--line)}
th,td{text-align:left;vertical-align:top;padding:7px 10px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--text2);font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums}
ol{list-style:none;margin:0;padding:0;background:var(--surface);border:1px solid var(--line);border-radius:8px}
li{padding:10px 14px;border-bottom:1px solid var(--line);break-inside:avoid}li:last-child{border-bottom:0}
.head{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline}
.severity{border:1px solid currentColor;border-radius:4px;padding:0 6px;font-size:12px;color:var(--text2)}
.critical{background:var(--crit);border-color:var(--crit);color:var(--on-crit)}.high{color:var(--verm)}.medium{color:var(--ochre)}
.quiet{color:var(--text2);font-size:13px}
@media (max-width:600px){body{padding:12px}dl{grid-template-columns:1fr}dt{margin-top:6px}}
@media print{:root{color-scheme:light;--canvas:#fff;--surface:#fff;--line:#ccc;--text:#000;--text2:#444;--crit:#8c1c10;--on-crit:#fff;--verm:#ae2f1a;--ochre:#7a5200}body{padding:0;font-size:11px}h2{break-after:avoid}}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** One file that loads and runs nothing, whatever the repository wrote into it. */
export function buildHtml(document: AuditDocument, language: Language): string {
  const words = wordsOf(document, language, MAX_FINDINGS);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text(words.title)}</h1>
${words.notes.map((note) => `<p class="note">${text(note)}</p>\n`).join('')}${facts(words)}
${magics(words)}
${findings(words)}
${others(words)}${skipped(words)}</main>
</body>
</html>
`;
}

function facts({ facts: rows }: DocumentWords): string {
  const lines = rows.map(
    ({ name, value, isCode }) =>
      `<dt>${text(name)}</dt><dd>${isCode ? `<code>${text(value)}</code>` : text(value)}</dd>\n`,
  );
  return `<dl>\n${lines.join('')}</dl>`;
}

function magics({ magicsTitle, magicHeads, magics: rows }: DocumentWords): string {
  const isNumber = (index: number) => (index === 2 || index === 3 ? ' class="number"' : '');
  const heads = magicHeads.map((head, index) => `<th scope="col"${isNumber(index)}>${text(head)}</th>`).join('');
  const lines = rows.map(
    ({ name, status, score, weight, counts }) =>
      `<tr><th scope="row">${text(name)}</th><td>${text(status)}</td><td class="number">${text(score)}</td><td class="number">${text(weight)}</td><td>${text(counts)}</td></tr>\n`,
  );
  return `<h2>${text(magicsTitle)}</h2>\n<table><thead><tr>${heads}</tr></thead><tbody>\n${lines.join('')}</tbody></table>`;
}

function findings({ findingsTitle, findings: rows, leftOut, none, language }: DocumentWords): string {
  const list =
    rows.length === 0 ? `<p>${text(none)}</p>` : `<ol>\n${rows.map((row) => finding(row, language)).join('')}</ol>`;
  const rest = leftOut === null ? '' : `\n<p class="note">${text(leftOut)}</p>`;
  return `<h2>${text(findingsTitle)}</h2>\n${list}${rest}`;
}

function others({ others: tools, othersAbout, language }: DocumentWords): string {
  const parts = tools.map(({ title, findings: rows, leftOut }) => {
    const list = rows.length === 0 ? '' : `\n<ol>\n${rows.map((row) => finding(row, language)).join('')}</ol>`;
    const rest = leftOut === null ? '' : `\n<p class="note">${text(leftOut)}</p>`;
    return `<h2>${text(title)}</h2>\n<p class="quiet">${text(othersAbout)}</p>${list}${rest}\n`;
  });
  return parts.join('');
}

function finding(words: FindingWords, language: Language): string {
  const { severity, severityName, state, message, place, rule, ruleId, fix, reason } = words;
  const stateWord = [state, reason].filter(Boolean).join(': ');
  return `<li><div class="head"><span class="severity ${severity}">${text(severityName)}</span><b>${text(message)}</b>${stateWord && `<span class="quiet">${text(stateWord)}</span>`}</div><code>${text(place)}</code><div class="quiet">${text(rule)} (${text(ruleId)})${fix && ` – ${text(REPORT_TEXTS[language].fix)}: ${text(fix)}`}</div></li>\n`;
}

function skipped({ skippedTitle, skipped: rows }: DocumentWords): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ rule, reason }) => `<li>${text(rule)}<div class="quiet">${text(reason)}</div></li>\n`);
  return `<h2>${text(skippedTitle)}</h2>\n<ol>\n${lines.join('')}</ol>\n`;
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
