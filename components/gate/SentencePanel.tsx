'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from '@/components/policy/form-context';
import { gateSentences, newCodeSentences } from './gate-sentence';

/** What the gate would say it asks, while it is edited. */
export function SentencePanel() {
  const t = useMessages();
  const format = useFormat();
  const { gate } = usePolicyForm('gate').draft;
  const join = (sentences: readonly string[]) => sentences.join(format.language === 'ja' ? '' : ' ');
  return (
    <Panel headingId="sentence" title={t.gate.says}>
      <Box component="p" aria-live="polite" data-sentence sx={PROSE}>
        {join(gateSentences(gate, t, format))}
      </Box>
      <Box component="p" sx={{ mt: 1, typography: 'body2', color: 'text.secondary', maxWidth: '76ch' }}>
        {join(newCodeSentences(gate, t, format))}
      </Box>
    </Panel>
  );
}

const PROSE = {
  fontSize: '0.875rem',
  lineHeight: 'var(--elder-line-prose)',
  fontWeight: 500,
  maxWidth: '76ch',
} as const;
