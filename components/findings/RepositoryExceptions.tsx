'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { Icon } from '@/components/marks/Icon';
import { SUPPRESSION_STATES } from '@/lib/magics/types';
import type { AuditSuppressions, SuppressionUseView } from '@/lib/schemas/findings';

const MOST_SHOWN = 100;

/** What the repository asked to let stand or to leave out, and what became of it; nothing when it asked for nothing. */
export function RepositoryExceptions({ auditId }: { auditId: string }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.exceptions;
  const { data } = useQuery({
    queryKey: queryKeys.suppressions(auditId),
    queryFn: ({ signal }) => callApi<AuditSuppressions>(`/audits/${auditId}/suppressions`, { signal }),
  });
  if (!data) return null;
  const { items, counts, words: added, ignored } = data;
  if (items.length === 0 && added.length === 0 && !ignored) return null;
  const addedCount = added.reduce((sum, row) => sum + row.words.length, 0);
  const states = SUPPRESSION_STATES.filter((state) => counts[state] > 0);
  return (
    <Box component="details" sx={DETAILS}>
      <Box component="summary" sx={SUMMARY}>
        <Box component="span" sx={{ fontWeight: 500 }}>
          {words.title}
        </Box>
        {states.map((state) => (
          <span key={state}>{words.count(words.states[state], format.number(counts[state]))}</span>
        ))}
        {addedCount > 0 && <span>{words.words(format.number(addedCount))}</span>}
        {ignored && <span>{ignoredText(ignored, words, format.number)}</span>}
        <Box component="span" className="turn" sx={{ ml: 'auto', color: 'elder.text3' }}>
          <Icon name="down" size={14} />
        </Box>
      </Box>
      <Box role="region" aria-label={words.title} tabIndex={0} sx={BODY}>
        {ignored && (
          <Box component="ul" sx={LIST}>
            {ignored.globs.map(({ glob, files }) => (
              <li key={glob}>
                <Mono>{glob}</Mono> {words.files(format.number(files))}
              </li>
            ))}
          </Box>
        )}
        {added.length > 0 && (
          <Box component="ul" sx={LIST}>
            {added.map(({ ruleId, option, words: list, isInEffect }) => (
              <Box component="li" key={`${ruleId} ${option}`} sx={LINE}>
                <Mono>{ruleId}</Mono>
                <Mono>{`${option}: ${list.join(', ')}`}</Mono>
                {!isInEffect && <span>{words.noEffect}</span>}
              </Box>
            ))}
          </Box>
        )}
        <Box component="ul" sx={LIST}>
          {items.slice(0, MOST_SHOWN).map((use) => (
            <Use key={keyOf(use)} use={use} />
          ))}
        </Box>
        {items.length > MOST_SHOWN && <p>{words.more(format.number(items.length - MOST_SHOWN))}</p>}
      </Box>
    </Box>
  );
}

/** Several rules, sources and paths may be spoken of in one line. */
function keyOf({ source, path, line, ruleId, target }: SuppressionUseView): string {
  return [source, path, line, ruleId, target].join(' ');
}

function Use({ use }: { use: SuppressionUseView }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.exceptions;
  const { path, line, ruleId, target, source, reason, expires, state, suppressed } = use;
  const count = suppressed > 0 ? ` · ${t.findings.count(format.number(suppressed))}` : '';
  const place = source === 'settings' && target !== null ? target : null;
  return (
    <Box component="li" sx={{ minWidth: 0 }}>
      <Box sx={LINE}>
        <span>{`${words.states[state]}${count}`}</span>
        <Mono>{ruleId}</Mono>
        {place && <Mono>{place}</Mono>}
        {expires && <span>{words.until(format.day(expires))}</span>}
        <Mono>{`${path}:${line}`}</Mono>
      </Box>
      <Box component="p" sx={{ color: 'text.primary', overflowWrap: 'anywhere' }}>
        {reason && <SeenText>{reason}</SeenText>}
      </Box>
    </Box>
  );
}

function ignoredText(
  { isRefused, files, codeLines }: NonNullable<AuditSuppressions['ignored']>,
  words: ReturnType<typeof useMessages>['findings']['exceptions'],
  number: (value: number) => string,
): string {
  return (isRefused ? words.refused : words.ignored)(number(files), number(codeLines));
}

const DETAILS = {
  typography: 'body2',
  color: 'text.secondary',
  '&[open] .turn': { transform: 'rotate(180deg)' },
} as const;

const SUMMARY = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  minHeight: 32,
  cursor: 'pointer',
  listStyle: 'none',
  '&::-webkit-details-marker': { display: 'none' },
} as const;

const BODY = { display: 'grid', gap: 3, py: 2, maxHeight: 280, overflowY: 'auto' } as const;

const LIST = { display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none' } as const;

const LINE = { display: 'flex', flexWrap: 'wrap', gap: '2px 12px' } as const;
