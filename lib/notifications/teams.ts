import type { Message, Section, Tone } from './message';
import { plainCut } from './plain-words';

/** A message of a Workflows webhook holds at most 28 KB. */
const MOST_BYTES = 26_000;
const LINE = 500;
const COLOURS: Record<Tone, string> = { good: 'Good', bad: 'Attention', warning: 'Warning', info: 'Accent' };

/**
 * What the Workflows webhook of Microsoft Teams takes: an Adaptive Card. What others wrote stands in text runs, which know no
 * Markdown; a `TextBlock` would read links in it.
 */
export function toTeams(message: Message): object {
  const isOne = message.sections.length === 1;
  const parts = message.sections.map((section) => blocksOf(section, isOne));
  for (let kept = parts.length; kept > 0; kept -= 1) {
    const body = envelope(message, parts.slice(0, kept).flat());
    if (Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES) return body;
  }
  return envelope(message, []);
}

function envelope({ title, notes, language, sections }: Message, blocks: readonly object[]): object {
  const isOne = sections.length === 1;
  const link = isOne ? sections[0]?.link : null;
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: language,
    msteams: { width: 'Full' },
    fallbackText: plainCut(title, LINE),
    body: [
      ...(isOne ? [] : [run(title, { weight: 'Bolder', size: 'Medium' })]),
      ...blocks,
      ...notes.map((note) => run(note, { isSubtle: true, size: 'Small' })),
    ],
    ...(link && { actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.url }] }),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  };
}

function blocksOf({ tone, title, lines, link }: Section, isOne: boolean): object[] {
  const size = isOne ? 'Medium' : 'Default';
  return [
    { ...run(title, { weight: 'Bolder', color: COLOURS[tone], size }), separator: !isOne },
    ...lines.map((line) => run(line, {})),
    ...(link && !isOne
      ? [{ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.url }] }]
      : []),
  ];
}

function run(text: string, style: object): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: plainCut(text, LINE), ...style }] };
}
