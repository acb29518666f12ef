import type { paths } from '@/integrations/client/api-types';
import type { ElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { errors as en } from '@/lib/i18n/en/errors';
import { errors as ja } from '@/lib/i18n/ja/errors';
import type { Language } from '@/lib/magics/types';
import { padEnd, plain, widthOf } from '@/lib/reports/terminal';
import type { ProjectsImport } from '../remote-arguments';
import { EXIT } from './gate-sentence';
import { readProjectsText } from './projects-file-text';
import { connect, type RemoteContext } from './remote-context';
import { RemoteFailure } from './remote-failure';
import type { RemoteEnd } from './run-remote';

type Result = paths['/api/v1/teams/{teamId}/projects/file']['put']['responses'][200]['content']['application/json'];
type Line = Result['items'][number];

/** The server looks at repositories for a minute and a half, and at the last of them for as long as it takes. */
const TIMEOUT_MS = 180_000;
const SENTENCES: Record<Language, Readonly<Record<string, string>>> = { en: en.codes, ja: ja.codes };

/** Makes the projects of the token's team those of a file. The same file again changes nothing. */
export async function importProjects(
  { file, isCheck, isJson }: ProjectsImport,
  context: RemoteContext,
): Promise<RemoteEnd> {
  const text = await readProjectsText(file);
  const client = await connect(context, { timeoutMs: TIMEOUT_MS });
  const { data: me } = await client.GET('/api/v1/me');
  const teamId = me?.teams[0]?.teamId;
  if (teamId === undefined) throw new RemoteFailure({ kind: 'noTeam' });
  const apply = () => send(client, teamId, { file: text, dryRun: isCheck });
  const items = isCheck ? await apply() : await applyWhole(apply, context);
  const isDone = items.every(({ outcome }) => !isLeft(outcome));
  return {
    text: isJson
      ? `${JSON.stringify({ isDryRun: isCheck, items }, null, 2)}\n`
      : described(items, isCheck, context.language),
    code: isDone ? EXIT.passed : EXIT.gateFailed,
  };
}

async function send(client: ElderClient, teamId: string, body: { file: string; dryRun: boolean }): Promise<Line[]> {
  const { data } = await client.PUT('/api/v1/teams/{teamId}/projects/file', { params: { path: { teamId } }, body });
  return data?.items ?? [];
}

/** What the server did not come to is for the same file, sent again, as long as that brings it on. */
async function applyWhole(apply: () => Promise<Line[]>, { say, language }: RemoteContext): Promise<Line[]> {
  const lateOf = (lines: readonly Line[]) => lines.filter(({ outcome }) => outcome === 'not_reached').length;
  let items = await apply();
  for (let late = lateOf(items); late > 0; ) {
    say(CLI_TEXTS[language].remote.projectsFile.goesOn(late));
    items = joined(items, await apply());
    if (lateOf(items) >= late) break;
    late = lateOf(items);
  }
  return items;
}

/** What an earlier round did is unchanged in the next one. */
function joined(before: readonly Line[], after: readonly Line[]): Line[] {
  return after.map((item) => {
    const earlier = before.find(({ line }) => line !== null && line === item.line);
    const wasDone = earlier?.outcome === 'created' || earlier?.outcome === 'changed';
    return earlier && wasDone && item.outcome === 'unchanged' ? earlier : item;
  });
}

function isLeft(outcome: Line['outcome']): boolean {
  return outcome === 'refused' || outcome === 'not_reached';
}

function described(items: readonly Line[], isCheck: boolean, language: Language): string {
  const t = CLI_TEXTS[language].remote.projectsFile;
  if (items.length === 0) return `${t.nothing}\n`;
  const places = items.map(({ line }) => (line === null ? '' : t.line(line)));
  const [placeWidth, wordWidth] = [places, items.map(({ outcome }) => t.outcomes[outcome])].map((texts) =>
    Math.max(...texts.map(widthOf)),
  );
  const lines = items.map((item, index) => {
    const words = [
      padEnd(places[index] ?? '', placeWidth ?? 0),
      padEnd(t.outcomes[item.outcome], wordWidth ?? 0),
      plain(item.repository),
      reasonOf(item, language),
    ];
    return `${words.join('  ').trimEnd()}\n`;
  });
  return `${isCheck ? `${t.onlyChecked}\n` : ''}${lines.join('')}`;
}

/** The sentence for the code; what is wrong with the file itself is told by the server. */
function reasonOf({ code, problem }: Line, language: Language): string {
  const known = code !== null && Object.hasOwn(SENTENCES[language], code) ? SENTENCES[language][code] : undefined;
  const isOfHost = code !== null && /^(?:repository|provider|outgoing)_/.test(code);
  if (known !== undefined && isOfHost) return known;
  return plain(problem ?? known ?? code ?? '');
}
