import type { WorkflowStepFact } from '@/lib/magics/facts/project';
import { buildJob, buildStep, type Pipeline } from './pipeline';

const STEP =
  /\b(?<shell>sh|bat|powershell|pwsh)\s{0,5}\(?\s{0,5}(?:[^"'\n)]{0,60}(?:"[^"\n]{0,100}"|'[^'\n]{0,100}')?[^"'\n)]{0,60}?script:\s{0,5})?(?:"""(?<long>[\s\S]{0,4000}?)"""|'''(?<raw>[\s\S]{0,4000}?)'''|"(?<double>[^"\n]{0,2000})"|'(?<single>[^'\n]{0,2000})')|\bstage\s{0,5}\(\s{0,5}["'](?<stage>[^"'\n]{0,200})["']/g;

const MAX_CHARACTERS = 64_000;

/** Shell steps and their stages, as far as they are written as literals; the rest of the script is a program. */
export function readJenkinsfile(text: string): Pipeline {
  const steps: WorkflowStepFact[] = [];
  let stage: string | null = null;
  let line = 1;
  let counted = 0;
  for (const match of text.slice(0, MAX_CHARACTERS).matchAll(STEP)) {
    const { long, raw, double, single, stage: named } = match.groups ?? {};
    line += text.slice(counted, match.index).split('\n').length - 1;
    counted = match.index;
    if (named !== undefined) stage = named;
    else steps.push(buildStep({ name: stage, line, run: (long ?? raw ?? double ?? single ?? '').trim() }));
  }
  const jobs = [buildJob({ id: 'pipeline', line: 1, steps })];
  return { name: null, triggers: ['push', 'pull_request'], pushBranches: [], permissions: null, jobs };
}
