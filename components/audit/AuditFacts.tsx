'use client';

import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { Elapsed } from '@/components/i18n/Elapsed';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { CopyButton } from '@/components/layout/CopyButton';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { StatusWord } from '@/components/marks/StatusWord';
import { MagicStrip } from '@/components/scores/MagicStrip';
import { gateWords } from '@/lib/i18n/gate-words';
import { textOf } from '@/lib/i18n/text-of';
import { SEVERITIES } from '@/lib/magics/types';
import type { AuditDetail } from '@/lib/schemas/audits';
import type { Counts } from '@/lib/schemas/common';
import { AuditEvidence } from './AuditEvidence';
import { AuditHostEvidence } from './AuditHostEvidence';

/** Where it came from, how it ended, and the hash that proves it. */
export function AuditFacts({ audit }: { audit: AuditDetail }) {
  const t = useMessages();
  const words = t.audit.facts;
  return (
    <Paper component="section" variant="outlined" aria-label={t.audit.title(audit.number)} sx={{ borderRadius: '8px' }}>
      <Box component="dl" sx={LIST}>
        <Fact name={words.health}>
          <Health audit={audit} />
        </Fact>
        {audit.gate && (
          <Fact name={words.gate}>
            <StatusWord status={audit.gate}>{t.common.status[audit.gate]}</StatusWord>
            {audit.gateReason && (
              <Box component="span" sx={QUIET}>
                {gateWords(audit, t)}
              </Box>
            )}
          </Fact>
        )}
        <Fact name={words.changes}>
          <Changes audit={audit} />
        </Fact>
        <Fact name={words.magics}>
          <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 10px' }}>
            {t.common.coverageOf(audit.magicsJudged, audit.magicsTotal)}
            <MagicStrip strip={audit.magics} t={t} pitch={12} />
          </Box>
        </Fact>
        <Fact name={words.commit}>
          {audit.commit ? (
            <>
              <Mono title={audit.commit.id}>{audit.commit.id.slice(0, 10)}</Mono>{' '}
              <CopyButton value={audit.commit.id} label={words.commit} />
              <Box component="span" sx={QUIET}>
                <SeenText>{audit.commit.author}</SeenText>
              </Box>
            </>
          ) : (
            '–'
          )}
        </Fact>
        <Fact name={words.branch}>
          <SeenText>{audit.branch}</SeenText>
        </Fact>
        {audit.configurationVersion !== null && (
          <Fact name={words.configuration}>{words.version(audit.configurationVersion)}</Fact>
        )}
        <Fact name={words.trigger}>
          <Trigger audit={audit} />
        </Fact>
        <Fact name={words.started}>
          <TimeAgo at={audit.startedAt ?? audit.createdAt} />
        </Fact>
        <Fact name={words.took}>
          <Took audit={audit} />
        </Fact>
        <Fact name={words.hash} isWide>
          <Hash audit={audit} />
        </Fact>
        <Fact name={t.exports.host.title} isWide>
          <AuditHostEvidence audit={audit} />
        </Fact>
        <Fact name={t.exports.evidence.title} isWide>
          <AuditEvidence audit={audit} />
        </Fact>
      </Box>
    </Paper>
  );
}

function Health({ audit: { healthScore } }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  if (healthScore === null) return <Box component="span">– {t.common.noScore}</Box>;
  return (
    <Box component="span" sx={{ fontSize: '1.0625rem' }}>
      {format.score(healthScore)}
    </Box>
  );
}

function Changes({ audit: { newCounts, fixedCount, counts, healthScore } }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  if (healthScore === null) return '–';
  const sum = (of: Counts) => format.number(SEVERITIES.reduce((total, name) => total + (of[name] ?? 0), 0));
  return t.audit.changes(sum(newCounts), format.number(fixedCount), sum(counts));
}

function Trigger({ audit: { trigger, requestedBy } }: { audit: AuditDetail }) {
  const t = useMessages();
  const name = textOf(t.common.trigger, trigger) ?? trigger;
  return requestedBy ? t.audit.by(name, requestedBy) : name;
}

function Took({ audit: { createdAt, startedAt, endedAt } }: { audit: AuditDetail }) {
  const t = useMessages();
  const format = useFormat();
  if (!startedAt) return '–';
  if (!endedAt) return <Elapsed since={startedAt} />;
  const waitedMs = Date.parse(startedAt) - Date.parse(createdAt);
  return (
    <>
      {format.duration(Date.parse(endedAt) - Date.parse(startedAt))}
      {waitedMs >= 1000 && (
        <Box component="span" sx={QUIET}>
          {t.audit.facts.waited(format.duration(waitedMs))}
        </Box>
      )}
    </>
  );
}

function Hash({ audit: { resultHash, status } }: { audit: AuditDetail }) {
  const t = useMessages();
  if (!resultHash) {
    const isLive = status === 'queued' || status === 'running';
    return <Box sx={QUIET}>{isLive ? t.audit.facts.notYet : t.audit.facts.noHash}</Box>;
  }
  return (
    <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <Mono>{resultHash}</Mono>
      <CopyButton value={resultHash} label={t.audit.hash} />
    </Box>
  );
}

function Fact({ name, children, isWide = false }: { name: string; children: ReactNode; isWide?: boolean }) {
  return (
    <Box sx={isWide ? { gridColumn: '1 / -1' } : undefined}>
      <Box component="dt" sx={{ typography: 'body2', color: 'elder.text3' }}>
        {name}
      </Box>
      <Box component="dd" sx={{ fontWeight: 500, overflowWrap: 'anywhere', minHeight: 24 }}>
        {children}
      </Box>
    </Box>
  );
}

const LIST = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(168px, 100%), 1fr))',
  gap: '10px 20px',
  px: 4,
  py: 3,
} as const;

const QUIET = { display: 'block', typography: 'body2', fontWeight: 400, color: 'elder.text3' } as const;
