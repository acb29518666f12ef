'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import { FindingMessage } from '@/components/findings/FindingMessage';
import { StateChip } from '@/components/findings/StateChip';
import { ForeignText } from '@/components/i18n/ForeignText';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Icon } from '@/components/marks/Icon';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { StatusWord } from '@/components/marks/StatusWord';
import { shortPath } from '@/components/project/short-path';
import { LimitRange } from '@/components/rules/LimitRange';
import { AppLink } from '@/components/theme/AppLink';
import type { FindingView } from '@/lib/schemas/findings';
import type { RuleResultView } from '@/lib/schemas/magics';
import { RangeMark } from './RangeMark';
import { ruleMark } from './rule-marks';
import { standingOf } from './standing';
import { unitText } from './unit-text';
import { valueText } from './value-text';

interface RuleDetailProps {
  projectId: string;
  result: RuleResultView;
  findings: readonly FindingView[];
  onClose: () => void;
}

/** One rule in this project: what it measured, why it matters, how to fix it, what it found. */
export function RuleDetail({ projectId, result, findings, onClose }: RuleDetailProps) {
  const t = useMessages();
  const format = useFormat();
  const { language } = format;
  const { rule, ruleId, reason, outcome, isInformational, share, contribution } = result;
  const standing = standingOf(result);
  const isEvaluated = standing !== 'not-evaluated';
  const outcomeWord = isEvaluated
    ? t.magic.groups[standing]
    : t.magic.outcome[outcome === 'passed' || outcome === 'failed' ? 'informational' : outcome];
  return (
    <Box component="article" aria-labelledby="rule-title" sx={{ p: { xs: 4, md: 5 }, display: 'grid', gap: 4 }}>
      <div>
        <Button
          size="small"
          color="info"
          startIcon={<Icon name="left" size={13} />}
          onClick={onClose}
          sx={{ ml: '-9px', mb: 1 }}
        >
          {t.magic.back}
        </Button>
        <Box component="h2" id="rule-title" sx={{ fontSize: '1.0625rem', lineHeight: '1.5rem', fontWeight: 600 }}>
          <ForeignText language={rule.onlyIn?.title}>{rule.title[language]}</ForeignText>
        </Box>
        <Box sx={FACTS}>
          <StatusWord status={ruleMark(result)}>{outcomeWord}</StatusWord>
          <SeverityWord severity={rule.severity} t={t} />
          <Mono>{ruleId}</Mono>
          <span>
            {contribution === null || share === null
              ? t.magic.noPoints
              : t.magic.points(format.number(contribution, 1), format.number(share * 100, 1))}
          </span>
          <Link href={`/rules/${ruleId}`}>{t.magic.rulePage}</Link>
        </Box>
      </div>
      {reason && (
        <Part title={isInformational ? t.magic.outcome.informational : t.magic.reason}>
          <Box component="p" sx={PROSE}>
            {reason.text[language]}
          </Box>
        </Part>
      )}
      <Measured result={result} />
      <Part title={t.magic.why}>
        <Box component="p" sx={PROSE}>
          <ForeignText language={rule.onlyIn?.why}>{rule.why[language]}</ForeignText>
        </Box>
      </Part>
      <Part title={t.magic.fix}>
        <Box component="p" sx={PROSE}>
          <ForeignText language={rule.onlyIn?.fix}>{rule.fix[language]}</ForeignText>
        </Box>
      </Part>
      {(isEvaluated || result.findings > 0) && <Findings projectId={projectId} result={result} findings={findings} />}
    </Box>
  );
}

function Measured({ result }: { result: RuleResultView }) {
  const t = useMessages();
  const format = useFormat();
  const { value, population, good, bad, rule } = result;
  if (value === null) return null;
  const shown = valueText(value, result, format);
  const unit = unitText(value, result, t);
  return (
    <Part title={t.magic.limits}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 16px', mb: 2 }}>
        <Box component="span" sx={{ fontSize: '1.25rem', lineHeight: '1.75rem', fontWeight: 600 }}>
          {shown}
        </Box>
        {unit && <span>{unit}</span>}
        <RangeMark result={result} width={160} />
        {population !== null && (
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {t.magic.valueOf(shown, format.number(population))}
          </Box>
        )}
      </Box>
      {good !== null && bad !== null && rule.limits && (
        <LimitRange limits={{ per: rule.limits.per, good, bad }} t={t} format={format} />
      )}
    </Part>
  );
}

function Findings({ projectId, result, findings }: Pick<RuleDetailProps, 'projectId' | 'result' | 'findings'>) {
  const t = useMessages();
  const format = useFormat();
  const base = `/projects/${projectId}/findings?rule=${encodeURIComponent(result.ruleId)}`;
  return (
    <Part title={t.magic.firstFindings}>
      {findings.length === 0 && (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {t.magic.noFindings}
        </Box>
      )}
      <Box component="ul" sx={{ borderTop: findings.length > 0 ? 1 : 0, borderColor: 'divider' }}>
        {findings.map((finding) => (
          <Box component="li" key={finding.findingId} sx={{ borderBottom: 1, borderColor: 'divider' }}>
            <Box component={AppLink} href={`${base}&finding=${finding.findingId}`} prefetch={false} sx={FINDING}>
              <Box component="span" sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
                <FindingMessage finding={finding} />
              </Box>
              <StateChip state={finding.state} t={t} />
              {finding.path && (
                <Box component="span" sx={{ color: 'elder.text3', minWidth: 0 }}>
                  <Mono title={finding.path}>
                    {shortPath(finding.path, 40)}
                    {finding.startLine ? `:${finding.startLine}` : ''}
                  </Mono>
                </Box>
              )}
            </Box>
          </Box>
        ))}
      </Box>
      {findings.length > 0 && (
        <Box sx={{ mt: 2 }}>
          <Link href={base}>{t.magic.allFindings(format.number(result.findings - result.dropped))}</Link>
        </Box>
      )}
      {result.suppressed > 0 && (
        <Box sx={{ mt: 1 }}>
          <Link href={`${base}&state=suppressed`}>{t.magic.suppressed(format.number(result.suppressed))}</Link>
        </Box>
      )}
      {result.dropped > 0 && (
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3', mt: 1 }}>
          {t.magic.dropped(format.number(result.dropped))}
        </Box>
      )}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" sx={{ minWidth: 0 }}>
      <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
        {title}
      </Box>
      {children}
    </Box>
  );
}

const FACTS = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 14px',
  mt: 2,
  typography: 'body2',
  color: 'text.secondary',
} as const;

const PROSE = { fontSize: '0.875rem', lineHeight: 'var(--elder-line-prose)', maxWidth: '76ch' } as const;

const FINDING = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '2px 12px',
  minHeight: 36,
  py: '5px',
  '&:hover': { bgcolor: 'elder.hover' },
} as const;
