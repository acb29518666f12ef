/** Colours of tokens and of lines, for every box of code. */
export const CODE_COLOURS = {
  '& .keyword': { color: 'elder.codeKeyword' },
  '& .string': { color: 'elder.codeString' },
  '& .number': { color: 'elder.codeNumber' },
  '& .name': { color: 'elder.codeName' },
  '& .comment': { color: 'elder.codeComment' },
} as const;

export const CODE_FONT = {
  fontFamily:
    '"JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace, "Noto Sans JP Variable"',
  fontSize: '0.78125rem',
  lineHeight: '1.3125rem',
  fontFeatureSettings: '"calt" 0',
} as const;
