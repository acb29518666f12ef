'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { shortPath } from '@/components/project/short-path';
import type { DependencyPage } from '@/lib/schemas/dependencies';
import { ECOSYSTEM_NAMES } from './ecosystem-names';

const SHOWN = 8;
const STATUS = { read: 'passed', cut: 'partial', unread: 'inconclusive' } as const satisfies Record<string, MarkStatus>;

interface Line {
  path: string;
  ecosystem: string;
  status: MarkStatus;
  word: string;
  packages: string | null;
}

/** The files that state versions and those that lack one; what could not be read comes first. */
export function SourceFiles({ lockFiles, unlocked }: Pick<DependencyPage, 'lockFiles' | 'unlocked'>) {
  const t = useMessages();
  const format = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const words = t.dependencies;
  const lines: Line[] = [
    ...unlocked.map(
      ({ path, ecosystem, dependencies }): Line => ({
        path,
        ecosystem: ECOSYSTEM_NAMES[ecosystem],
        status: 'not_applicable',
        word: words.unlocked(dependencies, format.number(dependencies)),
        packages: null,
      }),
    ),
    ...[...lockFiles]
      .sort((a, b) => Number(a.state === 'read') - Number(b.state === 'read') || b.packages - a.packages)
      .map(
        ({ path, ecosystem, packages, state }): Line => ({
          path,
          ecosystem: ECOSYSTEM_NAMES[ecosystem],
          status: STATUS[state],
          word: words.states[state],
          packages: state === 'unread' ? null : words.packages(packages, format.number(packages)),
        }),
      ),
  ];
  const shown = isWhole ? lines : lines.slice(0, SHOWN);
  return (
    <>
      <ul>
        {shown.map(({ path, ecosystem, status, word, packages }) => (
          <Box component="li" key={path} sx={LINE}>
            <Mono title={path}>{shortPath(path)}</Mono>
            <Quiet>{ecosystem}</Quiet>
            <Box sx={{ display: 'flex', gap: 2, flex: { xs: '1 0 100%', md: '1 1 240px' }, minWidth: 0 }}>
              <Box component="span" sx={{ mt: '3px' }}>
                <StatusMark status={status} />
              </Box>
              {word}
            </Box>
            {packages && <Quiet>{packages}</Quiet>}
          </Box>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button size="small" color="info" onClick={() => setIsWhole(true)} sx={{ m: 2 }}>
          {words.moreFiles(format.number(lines.length - shown.length))}
        </Button>
      )}
    </>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ typography: 'body2', color: 'text.secondary', whiteSpace: 'nowrap' }}>
      {children}
    </Box>
  );
}

const LINE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: '2px 16px',
  px: 4,
  py: 2,
  '& + li': { borderTop: 1, borderColor: 'divider' },
} as const;
