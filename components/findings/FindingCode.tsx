'use client';

import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { CodeBlock } from '@/components/code/CodeBlock';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { CodeSkeleton } from '@/components/feedback/Skeletons';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { useAddress } from '@/components/project/use-address';
import type { Token } from '@/components/theme/tokens';
import type { Severity } from '@/lib/magics/types';
import type { CodeView, FindingView } from '@/lib/schemas/findings';
import { FindingMessage } from './FindingMessage';
import { hostLink } from './host-link';

const CONTEXT_LINES = 8;
const SETTLE_MS = 120;

const TONES: Record<Severity, { ground: Token; edge: Token }> = {
  critical: { ground: 'vermSoft', edge: 'vermMark' },
  high: { ground: 'vermSoft', edge: 'vermMark' },
  medium: { ground: 'ochreSoft', edge: 'ochreMark' },
  low: { ground: 'sunken', edge: 'naMark' },
  info: { ground: 'sunken', edge: 'naMark' },
};

/** The lines around a finding at the audited commit, with blame on demand. */
export function FindingCode({ finding, repositoryUrl }: { finding: FindingView; repositoryUrl: string }) {
  const { path, startLine } = finding;
  return path && startLine ? (
    <Lines finding={finding} path={path} line={startLine} repositoryUrl={repositoryUrl} />
  ) : (
    <NoFile finding={finding} />
  );
}

interface LinesProps {
  finding: FindingView;
  path: string;
  line: number;
  repositoryUrl: string;
}

function Lines({ finding, path, line, repositoryUrl }: LinesProps) {
  const t = useMessages();
  const { parameters, change } = useAddress();
  const isSettled = useSettledValue(finding.findingId, SETTLE_MS) === finding.findingId;
  const query = useQuery({
    queryKey: queryKeys.code(finding.findingId),
    queryFn: ({ signal }) =>
      callApi<CodeView>(`/findings/${finding.findingId}/code?context=${CONTEXT_LINES}`, { signal }),
    enabled: isSettled,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const code = query.data;
  const hasBlame = parameters.get('blame') === '1';
  const href = code ? hostLink(repositoryUrl, code.commit, path, line) : null;
  return (
    <>
      <Box sx={BAR}>
        <Mono title={path}>{path}</Mono>
        {href && (
          <Link href={href} sx={{ display: 'inline-flex', alignItems: 'center', gap: 1 }}>
            {t.findings.code.openHost}
            <Icon name="external" size={12} />
          </Link>
        )}
        <FormControlLabel
          sx={{ ml: 'auto', mr: 0, gap: 2, '& .MuiFormControlLabel-label': { fontSize: '0.75rem' } }}
          control={<Switch checked={hasBlame} onChange={() => change({ blame: hasBlame ? null : '1' })} />}
          label={t.findings.blame}
        />
      </Box>
      {query.isPending && <CodeSkeleton />}
      {query.isError && (
        <Box sx={{ p: 4 }}>
          <Box component="p" sx={{ mb: 2 }}>
            {t.findings.code.unreadable}
          </Box>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      {code && (
        <CodeBlock
          code={code}
          label={t.findings.code.label(path)}
          from={line}
          to={finding.endLine ?? line}
          tone={TONES[finding.severity]}
          hasBlame={hasBlame}
          note={
            <Box component="span" sx={{ display: 'flex', gap: 2 }}>
              <Box component="span" sx={{ mt: '3px' }}>
                <SeverityMark severity={finding.severity} />
              </Box>
              <FindingMessage finding={finding} />
            </Box>
          }
        />
      )}
    </>
  );
}

function NoFile({ finding: { evidence, path, commits } }: { finding: FindingView }) {
  const t = useMessages();
  return (
    <Box sx={{ px: { xs: 4, md: 5 }, py: 4, borderBottom: 1, borderColor: 'divider' }}>
      <Box component="p" sx={{ color: 'text.secondary' }}>
        {path ? (
          <Mono>{path}</Mono>
        ) : commits.length > 0 ? (
          t.findings.code.commits(commits.length)
        ) : (
          t.findings.code.none
        )}
      </Box>
      {evidence && (
        <Box component="p" sx={{ mt: 3 }}>
          <Box component="span" sx={{ color: 'elder.text3', mr: 2 }}>
            {t.findings.code.evidence}
          </Box>
          <Mono>{evidence}</Mono>
        </Box>
      )}
    </Box>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  px: { xs: 4, md: 5 },
  minHeight: 36,
  typography: 'body2',
  color: 'text.secondary',
  borderBottom: 1,
  borderColor: 'divider',
} as const;
