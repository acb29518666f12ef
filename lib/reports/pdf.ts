import { createRequire } from 'node:module';
import type PdfDocument from 'pdfkit';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import type { Language, Severity } from '@/lib/magics/types';
import type { AuditDocument } from './audit-document';
import { type DocumentWords, type FindingWords, wordsOf } from './document-words';
import { wrapText } from './wrap-text';

/** Nobody reads more of them on paper; the other exports hold all. */
const MAX_FINDINGS = 500;
/** Characters of one message or path. */
const LONGEST_TEXT = 600;
const MARGIN = 48;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 24;
const LABEL_WIDTH = 110;
const LINE_HEIGHT = 1.45;
const SHARES = [0.34, 0.16, 0.1, 0.1, 0.3];

const INK = '#1c1a17';
const QUIET = '#57524a';
const LINE = '#c9c4b8';
const COLOURS: Record<Severity, string> = {
  critical: '#8c1c10',
  high: '#ae2f1a',
  medium: '#7a5200',
  low: QUIET,
  info: QUIET,
};

const { resolve } = createRequire(import.meta.url);
/** Named by their files everywhere: under another name the library opens a font it has open again and again. */
const FONTS = {
  regular: resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
};

type Pdf = InstanceType<typeof PdfDocument>;

interface TextStyle {
  size?: number;
  isBold?: boolean;
  colour?: string;
  x?: number;
  y?: number;
  width?: number;
  align?: 'left' | 'right';
  /** What does not fit is cut. */
  isOneLine?: boolean;
}

/** An A4 document whose fonts are in it, Latin and Japanese. The same audit gives the same bytes. */
export async function buildPdf(document: AuditDocument, language: Language): Promise<Buffer> {
  // Loaded by whom it is for: others wait for the thread this runs in too.
  const { default: Pdf } = await import('pdfkit');
  const words = wordsOf(document, language, MAX_FINDINGS);
  const when = new Date(document.endedAt ?? 0);
  const pdf = new Pdf({
    size: 'A4',
    margin: MARGIN,
    font: FONTS.regular,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: words.title, Creator: 'Ancient Elder', Producer: 'Ancient Elder', CreationDate: when },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((done, fail) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', done);
    pdf.on('error', fail);
  });
  write(pdf, words.title, { size: 18, isBold: true });
  pdf.moveDown(0.4);
  for (const note of words.notes) write(pdf, note, { colour: COLOURS.medium });
  moveTo(pdf, pdf.y + 6);
  writeFacts(pdf, words);
  writeMagics(pdf, words);
  writeFindings(pdf, words);
  writeOthers(pdf, words);
  writeSkipped(pdf, words);
  writePageNumbers(pdf, words);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function writeFacts(pdf: Pdf, { facts }: DocumentWords): void {
  for (const { name, value } of facts) {
    keepRoom(pdf, 30);
    const top = pdf.y;
    write(pdf, name, { colour: QUIET, width: LABEL_WIDTH });
    const left = pdf.y;
    write(pdf, value, { x: MARGIN + LABEL_WIDTH, y: top, width: WIDTH - LABEL_WIDTH });
    moveTo(pdf, Math.max(left, pdf.y) + 2);
  }
}

function writeMagics(pdf: Pdf, { magicsTitle, magicHeads, magics }: DocumentWords): void {
  writeHeading(pdf, magicsTitle);
  writeRow(pdf, magicHeads, QUIET);
  for (const { name, status, score, weight, counts } of magics)
    writeRow(pdf, [name, status, score, weight, counts], INK);
}

function writeRow(pdf: Pdf, cells: readonly string[], colour: string): void {
  keepRoom(pdf, 32);
  const top = pdf.y;
  let bottom = top;
  let x = MARGIN;
  for (const [index, text] of cells.entries()) {
    const width = WIDTH * (SHARES[index] ?? 0);
    const align = index === 2 || index === 3 ? 'right' : 'left';
    write(pdf, text, { x, y: top, width: width - 8, colour, size: 9, align });
    bottom = Math.max(bottom, pdf.y);
    x += width;
  }
  drawLine(pdf, bottom + 2);
}

function writeFindings(pdf: Pdf, { findingsTitle, findings, none, leftOut, language }: DocumentWords): void {
  writeHeading(pdf, findingsTitle);
  if (findings.length === 0) write(pdf, none);
  const explained = new Set<string>();
  for (const finding of findings) {
    writeFinding(pdf, finding, language, !explained.has(finding.ruleId));
    explained.add(finding.ruleId);
  }
  if (leftOut !== null) write(pdf, leftOut, { colour: COLOURS.medium });
}

function writeOthers(pdf: Pdf, { others, othersAbout, language }: DocumentWords): void {
  for (const { title, findings, leftOut } of others) {
    writeHeading(pdf, title);
    write(pdf, othersAbout, { size: 9, colour: QUIET });
    for (const finding of findings) writeFinding(pdf, finding, language, false);
    if (leftOut !== null) write(pdf, leftOut, { colour: COLOURS.medium });
  }
}

/** @param isExplained how to fix it is told with the first finding of its rule alone */
function writeFinding(pdf: Pdf, words: FindingWords, language: Language, isExplained: boolean): void {
  const { severity, severityName, state, message, place, rule, ruleId, fix, reason } = words;
  keepRoom(pdf, 64);
  const head = [severityName, [state, reason].filter(Boolean).join(': ')].filter(Boolean).join(' · ');
  write(pdf, head, { size: 8.5, isBold: true, colour: COLOURS[severity] });
  write(pdf, message);
  write(pdf, place, { size: 9, colour: QUIET });
  write(pdf, `${rule} (${ruleId})`, { size: 8.5, colour: QUIET });
  if (fix && isExplained) write(pdf, `${REPORT_TEXTS[language].fix}: ${fix}`, { size: 8.5, colour: QUIET });
  drawLine(pdf, pdf.y + 2);
}

function writeSkipped(pdf: Pdf, { skippedTitle, skipped }: DocumentWords): void {
  if (skipped.length === 0) return;
  writeHeading(pdf, skippedTitle);
  for (const { rule, reason } of skipped) {
    keepRoom(pdf, 32);
    write(pdf, rule, { size: 9 });
    write(pdf, reason, { size: 8.5, colour: QUIET });
    moveTo(pdf, pdf.y + 3);
  }
}

function writePageNumbers(pdf: Pdf, { language, title }: DocumentWords): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    // A text below the margin would begin a page of its own.
    pdf.page.margins.bottom = 0;
    const y = 841.89 - MARGIN;
    const number = REPORT_TEXTS[language].page(page + 1, count);
    write(pdf, title, { size: 8, colour: QUIET, y, width: WIDTH - 80, isOneLine: true });
    write(pdf, number, {
      size: 8,
      colour: QUIET,
      x: MARGIN + WIDTH - 80,
      y,
      width: 80,
      align: 'right',
      isOneLine: true,
    });
  }
}

function writeHeading(pdf: Pdf, text: string): void {
  keepRoom(pdf, 80);
  moveTo(pdf, pdf.y + 14);
  write(pdf, text, { size: 13, isBold: true });
  moveTo(pdf, pdf.y + 4);
}

function write(pdf: Pdf, text: string, style: TextStyle = {}): void {
  const { size = 10, isBold = false, colour = INK, x = MARGIN, width = WIDTH, align = 'left', isOneLine } = style;
  pdf
    .font(isBold ? FONTS.bold : FONTS.regular)
    .fontSize(size)
    .fillColor(colour);
  const measure = measureOf((pdf as unknown as { _font: { font: Font } })._font.font);
  const shown = drawable(measure, text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
  const lines = wrapText(shown, width, (character) => (measure(character) ?? 0) * size);
  let y = style.y ?? pdf.y;
  for (const line of isOneLine ? lines.slice(0, 1) : lines) {
    if (!isOneLine && y + size > BOTTOM) {
      pdf.addPage();
      y = pdf.y;
    }
    // Lines are ours: the library looks for the end of a long word again and again.
    pdf.text(line, x, y, { width: align === 'right' ? width : undefined, align, lineBreak: false });
    y += size * LINE_HEIGHT;
  }
  moveTo(pdf, y);
}

interface Font {
  unitsPerEm: number;
  hasGlyphForCodePoint(code: number): boolean;
  glyphForCodePoint(code: number): { advanceWidth: number };
}

/** How far a character goes on at size 1; null when the font cannot draw it. Looking it up takes the font long. */
type Measure = (character: string) => number | null;

const measures = new WeakMap<Font, Measure>();

function measureOf(font: Font): Measure {
  const known = measures.get(font);
  if (known) return known;
  const advances = new Map<string, number | null>();
  const measure = (character: string) => {
    const before = advances.get(character);
    if (before !== undefined) return before;
    const code = character.codePointAt(0) ?? 0;
    const advance = font.hasGlyphForCodePoint(code)
      ? font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm
      : null;
    advances.set(character, advance);
    return advance;
  };
  measures.set(font, measure);
  return measure;
}

/** What the font cannot draw is told by its number: a box would hide what it is. */
function drawable(measure: Measure, text: string): string {
  return [...text.normalize('NFC')]
    .map((character) =>
      measure(character) === null ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character,
    )
    .join('');
}

function drawLine(pdf: Pdf, y: number): void {
  pdf
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  moveTo(pdf, y + 4);
}

/** What belongs together is not torn apart at the end of a page. */
function keepRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > BOTTOM) pdf.addPage();
}

function moveTo(pdf: Pdf, y: number): void {
  pdf.x = MARGIN;
  pdf.y = y;
}
