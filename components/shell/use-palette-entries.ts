'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi, problemOf, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useGo } from '@/components/forms/use-go';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useLanguage } from '@/components/i18n/use-language';
import type { IconName } from '@/components/marks/Icon';
import { shortUrl } from '@/components/projects/short-url';
import { MODES } from '@/components/theme/mode';
import { useMode } from '@/components/theme/use-mode';
import { messagesIn } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { LANGUAGES } from '@/lib/magics/types';
import type { Portfolio } from '@/lib/schemas/projects';
import { LANGUAGE_NAMES, MODE_ICONS } from './choices';
import { matches } from './match';
import { instancePlaces, PLACES, placeName, teamPlaces } from './places';
import { useShell } from './shell-context';
import { useSwitchTeam } from './use-team';

export interface PaletteEntry {
  id: string;
  group: 'pages' | 'projects' | 'actions';
  icon: IconName;
  name: string;
  /** Quieter, at the right. */
  meta?: string;
  /** Further spellings that find it. */
  also: string[];
  run: () => void;
}

const FOUND_PROJECTS = 6;
/** Readings of words written in kanji. */
const READINGS: Record<string, string[]> = {
  audits: ['かんさ', 'kansa'],
  inbox: ['じゅしんばこ', 'jushinbako'],
  operations: ['うんよう', 'unyou'],
  auditLog: ['かんさろぐ', 'kansarogu'],
  register: ['とうろく', 'touroku'],
  language: ['げんご', 'gengo'],
};

/** What the palette offers for a query; projects are searched by the server. */
export function usePaletteEntries(query: string, isOpen: boolean): { entries: PaletteEntry[]; isSearching: boolean } {
  const t = useMessages();
  const go = useGo();
  const { team, teams, ownsInstance } = useShell();
  const toast = useToast();
  const switchTeam = useSwitchTeam();
  const [language, chooseLanguage] = useLanguage();
  const [mode, chooseMode] = useMode();
  const filter = { search: query.trim(), limit: FOUND_PROJECTS };
  const { data, isFetching } = useQuery({
    queryKey: queryKeys.portfolioOf(team.id, filter),
    queryFn: ({ signal }) => callApi<Portfolio>(`/portfolio${queryString({ ...filter, teamId: team.id })}`, { signal }),
    enabled: isOpen,
    placeholderData: (previous) => previous,
  });

  const runAudit = async (projectId: string, projectName: string) => {
    try {
      await callApi(`/projects/${projectId}/audit/trigger`, { method: 'POST', body: {} });
      toast({ text: t.shell.palette.started(projectName) });
      go(`/projects/${projectId}`);
    } catch (error) {
      toast({ text: problemText(t, problemOf(error).code) });
    }
  };

  const pages: PaletteEntry[] = [
    ...[...PLACES, ...teamPlaces(team), ...instancePlaces(ownsInstance)].map((place) => ({
      id: place.id,
      group: 'pages' as const,
      icon: place.icon,
      name: placeName(t, place),
      meta: `g ${place.key}`,
      also: [...LANGUAGES.map((one) => placeName(messagesIn(one), place)), ...(READINGS[place.id] ?? [])],
      run: () => go(place.href),
    })),
    {
      id: 'register',
      group: 'pages',
      icon: 'plus',
      name: t.shell.register,
      also: [...LANGUAGES.map((one) => messagesIn(one).shell.register), ...(READINGS.register ?? [])],
      run: () => go('/projects/new'),
    },
  ];
  const rows = data?.rows ?? [];
  const projects = rows.map(
    (row): PaletteEntry => ({
      id: `project:${row.projectId}`,
      group: 'projects',
      icon: 'projects',
      name: row.projectName,
      meta: shortUrl(row.repositoryUrl),
      also: [row.repositoryUrl],
      run: () => go(`/projects/${row.projectId}`),
    }),
  );
  const actions: PaletteEntry[] = [
    ...rows.map((row) => ({
      id: `run:${row.projectId}`,
      group: 'actions' as const,
      icon: 'play' as const,
      name: t.shell.palette.runAudit(row.projectName),
      meta: shortUrl(row.repositoryUrl),
      also: [row.projectName, 'run audit', 'かんさ じっこう'],
      run: () => void runAudit(row.projectId, row.projectName),
    })),
    ...teams
      .filter(({ id }) => id !== team.id)
      .map(({ id, name }) => ({
        id: `team:${id}`,
        group: 'actions' as const,
        icon: 'people' as const,
        name: t.shell.palette.switchTeam(name),
        also: [name, 'team', 'ちーむ'],
        run: () => switchTeam(id),
      })),
    ...LANGUAGES.filter((one) => one !== language).map((one) => ({
      id: `language:${one}`,
      group: 'actions' as const,
      icon: 'globe' as const,
      name: t.shell.palette.languageIs(LANGUAGE_NAMES[one]),
      also: ['language', LANGUAGE_NAMES[one], ...(READINGS.language ?? [])],
      run: () => chooseLanguage(one),
    })),
    ...MODES.filter((one) => one !== mode).map((one) => ({
      id: `theme:${one}`,
      group: 'actions' as const,
      icon: MODE_ICONS[one],
      name: t.shell.palette.themeIs(t.shell.theme[one]),
      also: ['theme', 'てーま', one],
      run: () => chooseMode(one),
    })),
  ];

  const entries = [...pages, ...projects, ...actions].filter((entry) => matches(query, [entry.name, ...entry.also]));
  return { entries, isSearching: isFetching };
}
