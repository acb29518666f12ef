'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { CHANNEL_EVENTS } from '@/lib/schemas/channel-kinds';
import type { Previews } from '@/lib/services/notifications/previews';
import type { ChannelDraft } from './draft';

const MARKS: Record<'good' | 'bad' | 'warning' | 'info', MarkStatus> = {
  good: 'passed',
  bad: 'failed',
  warning: 'warning',
  info: 'inconclusive',
};

/** What the chosen events look like in the chosen language. */
export function MessagePreview({ draft, previews }: { draft: ChannelDraft; previews: Previews }) {
  const words = useMessages().notifications.preview;
  const inLanguage = previews[draft.language];
  const sections = CHANNEL_EVENTS.filter((event) => draft.events.includes(event)).flatMap(
    (event) => inLanguage[event] ?? [],
  );
  return (
    <Panel title={words.title} meta={words.about} headingId="preview">
      <Box lang={draft.language} sx={{ display: 'grid', gap: 4, overflowWrap: 'anywhere' }}>
        {sections.map(({ tone, title, lines, link }) => (
          <Box key={title} sx={{ borderLeft: 3, borderColor: 'divider', pl: 3 }}>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: '6px', fontWeight: 500 }}>
              <StatusMark status={MARKS[tone]} />
              {title}
            </Box>
            <Box component="ul" sx={{ mt: 1, pl: 4, typography: 'body2', color: 'text.secondary' }}>
              {lines.map((line) => (
                <Box component="li" key={line} sx={{ listStyle: 'disc' }}>
                  {line}
                </Box>
              ))}
            </Box>
            {link && (
              <Box component="span" sx={{ typography: 'body2', color: 'info.main' }}>
                {link.label}
              </Box>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
