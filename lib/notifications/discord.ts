import type { Message, Section, Tone } from './message';
import { cut, plainCut } from './plain-words';

/** Limits of an embed: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const TITLE = 256;
const DESCRIPTION = 4_096;
const FOOTER = 2_048;
const EMBEDS = 10;
const ALL_TOGETHER = 6_000;
const COLOURS: Record<Tone, number> = { good: 0x558a48, bad: 0xb8402f, warning: 0xa87410, info: 0x3f6baa };

/** What a Discord webhook takes. Nobody is mentioned, whatever the text says. */
export function toDiscord({ title, sections, notes }: Message): object {
  let room = ALL_TOGETHER - TITLE - FOOTER / 4;
  const embeds: object[] = [];
  for (const section of sections.slice(0, EMBEDS)) {
    const embed = embedOf(section, Math.min(DESCRIPTION, room - TITLE));
    if (!embed) break;
    room -= embed.title.length + embed.description.length;
    embeds.push(embed);
  }
  const last = embeds.at(-1);
  const footer =
    notes.length > 0
      ? { footer: { text: cut(notes.map((note) => plainCut(note, FOOTER / 4)).join(' · '), FOOTER / 4) } }
      : {};
  return {
    content: sections.length > 1 ? `**${escapeMarkdown(plainCut(title, TITLE))}**` : '',
    embeds: last ? [...embeds.slice(0, -1), { ...last, ...footer }] : [],
    allowed_mentions: { parse: [] },
  };
}

function embedOf({ tone, title, lines, link }: Section, room: number) {
  if (room < 1) return null;
  const text = lines.map((line) => escapeMarkdown(plainCut(line, room))).join('\n');
  return {
    title: cut(escapeMarkdown(plainCut(title, TITLE)), TITLE),
    description: cut(text, room),
    color: COLOURS[tone],
    ...(link && { url: link.url }),
  };
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~|<>[\]()#:-]/g, (character) => `\\${character}`);
}
