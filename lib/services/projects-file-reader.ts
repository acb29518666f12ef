import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod';
import { isTooDeep } from '@/lib/facts/project/yaml-depth';
import { BranchName, NameText, PlainText } from '@/lib/schemas/common';
import { ProjectOverride } from '@/lib/schemas/configuration';
import { LONGEST_PROJECT_NAME } from '@/lib/schemas/projects';

const MOST_PROJECTS = 500;

const FileProject = z.strictObject({
  repository: PlainText.trim().min(1).max(2_048),
  name: NameText.trim().min(1).max(LONGEST_PROJECT_NAME).optional(),
  branch: BranchName.optional(),
  connection: PlainText.trim().min(1).max(200).optional(),
  configuration: ProjectOverride.optional(),
});
export type FileProject = z.infer<typeof FileProject>;

const ProjectsFile = z.strictObject({
  version: z.literal(1).optional(),
  projects: z.array(z.unknown()).max(MOST_PROJECTS),
  prune: z.boolean().default(false),
});

export interface FileProblem {
  line: number;
  problem: string;
}

export interface ReadProjects {
  prune: boolean;
  projects: { line: number; project: FileProject }[];
  /** Faults of single projects; the others stand. */
  refused: (FileProblem & { repository: string })[];
  /** Faults of the whole file: nothing of it stands. */
  problems: FileProblem[];
}

/** Reads a file of projects as data: YAML or JSON without tags, anchors or aliases. */
export function readProjectsFile(text: string): ReadProjects {
  const nothing = { prune: false, projects: [], refused: [] };
  if (isTooDeep(text)) return { ...nothing, problems: [{ line: 1, problem: 'the file is nested too deep' }] };
  const counter = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    merge: false,
    uniqueKeys: true,
    schema: 'core',
  });
  const problems: FileProblem[] = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    line: lineAt(pos[0]),
    problem: `this is no YAML: ${code}`,
  }));
  visit(document, {
    Node: (_, node) => {
      const isReference = isAlias(node) || node.tag !== undefined || ('anchor' in node && node.anchor);
      if (!isReference) return;
      problems.push({ line: lineAt(node.range?.[0] ?? 0), problem: 'anchors, aliases and tags are not allowed' });
      return visit.BREAK;
    },
  });
  if (problems.length > 0) return { ...nothing, problems };
  const parsed = ProjectsFile.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    const lineOf = ([key]: readonly PropertyKey[]) => lineAt(offsetOfKey(document.contents, String(key ?? '')));
    return {
      ...nothing,
      problems: parsed.error.issues.map((issue) => ({ line: lineOf(issue.path), problem: saying(issue) })),
    };
  }
  const lineOfItem = (at: number) => lineAt(offsetOfItem(document.contents, at));
  const read = parsed.data.projects.map((value, at) => ({
    line: lineOfItem(at),
    value,
    project: FileProject.safeParse(value),
  }));
  return {
    prune: parsed.data.prune,
    problems: [],
    projects: read.flatMap(({ line, project }) => (project.success ? [{ line, project: project.data }] : [])),
    refused: read.flatMap(({ line, value, project }) => {
      const [issue] = project.error?.issues ?? [];
      return issue ? [{ line, repository: nameOf(value), problem: saying(issue) }] : [];
    }),
  };
}

function saying({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

function nameOf(value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'repository' in value ? value.repository : null;
  return typeof name === 'string' ? name.slice(0, 200) : '';
}

function offsetOfKey(node: unknown, name: string): number {
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  return pair && isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

function offsetOfItem(node: unknown, at: number): number {
  const list = isMap(node) ? node.get('projects', true) : undefined;
  const item = isSeq(list) ? list.items[at] : undefined;
  return isNode(item) ? (item.range?.[0] ?? 0) : 0;
}
