import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { FindingView } from '@/lib/schemas/findings';

interface AlsoReportedByProps {
  findings: FindingView['alsoReportedBy'];
  projectId: string;
}

/** Findings of other tools that say the same of the same place. */
export function AlsoReportedBy({ findings, projectId }: AlsoReportedByProps) {
  return (
    <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3 }}>
      {findings.map(({ findingId, ruleId }) => (
        <Link key={findingId} href={`/projects/${projectId}/findings?finding=${findingId}`}>
          {ruleId}
        </Link>
      ))}
    </Box>
  );
}
