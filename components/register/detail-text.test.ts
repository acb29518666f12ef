import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { detailText } from './detail-text';

test.each([
  ['en', 'TypeScript, Go; 2.1 MB.'],
  ['ja', 'TypeScript, Go。2.1 MB。'],
] as const)('names languages and size as people write them, in %s', (language, text) => {
  const detail = { id: 'stack_found', data: { languages: 'typescript, go', sizeBytes: 2_100_000 } };

  expect(detailText(detail, messagesIn(language), createFormat(language, 'UTC', 0))).toBe(text);
});
