import Box from '@mui/material/Box';
import type { Messages } from '@/lib/i18n/messages';
import type { Severity } from '@/lib/magics/types';
import { SeverityMark } from './SeverityMark';

/** A severity as mark and word; Critical is the one filled chip of the product. */
export function SeverityWord({ severity, t }: { severity: Severity; t: Messages }) {
  const isCritical = severity === 'critical';
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: '5px',
        fontSize: '0.75rem',
        lineHeight: '1.25rem',
        fontWeight: 500,
        whiteSpace: 'nowrap',
        ...(isCritical && {
          px: '6px',
          borderRadius: '4px',
          bgcolor: 'elder.crit',
          color: 'elder.onCrit',
        }),
      }}
    >
      <SeverityMark severity={severity} isOnChip={isCritical} />
      {t.common.severity[severity]}
    </Box>
  );
}
