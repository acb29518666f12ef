'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { FindingView } from '@/lib/schemas/findings';

/** What another tool's finding has in place of why and how: where the tool explains it. */
export function ImportedWhy({ source }: { source: NonNullable<FindingView['source']> }) {
  const t = useMessages();
  const { tool, helpUri, weaknesses } = source;
  return (
    <Box sx={{ px: { xs: 4, md: 5 }, py: 4, display: 'grid', gap: 3, overflowWrap: 'anywhere' }}>
      <p>{t.imports.notOurs(tool)}</p>
      {helpUri && (
        <Link href={helpUri} rel="noopener noreferrer nofollow" target="_blank" sx={LINK}>
          {t.imports.explained(tool)}
          <Icon name="external" size={12} />
        </Link>
      )}
      {weaknesses.length > 0 && (
        <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {weaknesses.map((number) => `CWE-${number}`).join(' · ')}
        </Box>
      )}
    </Box>
  );
}

const LINK = { display: 'inline-flex', alignItems: 'center', gap: '5px', justifySelf: 'start' } as const;
