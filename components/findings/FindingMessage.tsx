'use client';

import { ForeignText } from '@/components/i18n/ForeignText';
import { useFormat } from '@/components/i18n/LocaleProvider';
import { foreignLanguageOf } from '@/lib/i18n/own-message';
import type { FindingView } from '@/lib/schemas/findings';

interface FindingMessageProps {
  finding: Pick<FindingView, 'ruleId' | 'messageId' | 'data' | 'message'>;
}

/** What a finding says; a text that its team wrote in the other language alone carries that one. */
export function FindingMessage({ finding }: FindingMessageProps) {
  const { language } = useFormat();
  const foreign = foreignLanguageOf(finding, language);
  return <ForeignText language={foreign}>{finding.message[language]}</ForeignText>;
}
