'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import type { OwnRuleTest, OwnRuleTestProject } from '@/lib/schemas/own-rules';
import { unreadText } from './rule-problems';

const SHOWN = 20;

/** What a rule would find, project by project, and what was not looked at. */
export function OwnRuleTestResult({ result }: { result: OwnRuleTest }) {
  const t = useMessages();
  const format = useFormat();
  const looked = result.projects.filter(({ notLookedAt }) => notLookedAt === null).length;
  return (
    <Box role="status" sx={{ display: 'grid', gap: 3 }}>
      <Box component="p" sx={{ fontWeight: 600 }}>
        {t.ownRules.result(result.total, looked, format.number(result.timeMs / 1000, 1))}
      </Box>
      {result.projects.map((project) => (
        <ProjectResult key={project.projectId} project={project} />
      ))}
      {result.projectsLeftOut > 0 && <Quiet>{t.ownRules.projectsLeftOut(result.projectsLeftOut)}</Quiet>}
    </Box>
  );
}

function ProjectResult({ project }: { project: OwnRuleTestProject }) {
  const t = useMessages();
  const { projectName, notLookedAt, total, filesAsked, filesLeftOut, matches, unread } = project;
  const shown = matches.slice(0, SHOWN);
  return (
    <section aria-label={projectName}>
      <Box component="h3" sx={{ typography: 'h3' }}>
        {projectName}
      </Box>
      <Quiet>{notLookedAt ? t.ownRules.notLookedAt[notLookedAt] : t.ownRules.projectResult(total, filesAsked)}</Quiet>
      <Box component="ul" sx={{ display: 'grid', gap: '2px', my: 1 }}>
        {shown.map(({ path, line, excerpt }) => (
          <Box component="li" key={`${path}:${line}:${excerpt}`} sx={{ overflowWrap: 'anywhere' }}>
            <Mono>{path === null ? t.ownRules.wholeRepository : `${path}:${line}`}</Mono>{' '}
            {excerpt !== path && <Box component="code">{excerpt}</Box>}
          </Box>
        ))}
      </Box>
      {total > shown.length && <Quiet>{t.ownRules.more(total - shown.length)}</Quiet>}
      {filesLeftOut > 0 && <Quiet>{t.ownRules.filesLeftOut(filesLeftOut)}</Quiet>}
      {unread.map((file) => (
        <Quiet key={file.path}>{unreadText(t, file)}</Quiet>
      ))}
    </section>
  );
}

function Quiet({ children }: { children: string }) {
  return (
    <Box component="p" sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {children}
    </Box>
  );
}
