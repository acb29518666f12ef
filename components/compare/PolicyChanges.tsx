'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import type { AuditComparison } from '@/lib/schemas/comparisons';

/** Each setting of the policy that differs, with both values. */
export function PolicyChanges({ policy }: Pick<AuditComparison, 'policy'>) {
  const t = useMessages();
  const words = t.compare.policy;
  return (
    <Panel title={words.title} headingId="policy" isFlush>
      {policy.length === 0 && (
        <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
          {words.none}
        </Box>
      )}
      <Box component="ul">
        {policy.map(({ setting, from, to }) => (
          <Box component="li" key={setting} sx={ROW}>
            <Mono>{setting}</Mono>
            <Box sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {t.compare.rules.arrow(from ?? words.unset, to ?? words.unset)}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

const ROW = {
  px: 4,
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  overflowWrap: 'anywhere',
  '&:last-of-type': { borderBottom: 0 },
} as const;
