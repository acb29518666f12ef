import type { Sketch } from '@/lib/magics/define';

export interface ExampleBlock {
  kind: 'file' | 'commit' | 'deleted';
  title: string;
  /** Contents; empty for a deleted file and a commit. */
  text: string;
}

const LONGEST = 4_000;
/** Long files are long for the rule's sake, not the reader's. */
const MOST_LINES = 40;
const MOST_BLOCKS = 12;

/** A sketch as blocks to show: files, or commits with their files, oldest first. */
export function exampleBlocks(sketch: Sketch): ExampleBlock[] {
  const blocks = [
    ...fileBlocks(sketch.files ?? {}),
    ...(sketch.commits ?? []).flatMap((commit): ExampleBlock[] => [
      { kind: 'commit', title: commit.message, text: '' },
      ...fileBlocks(commit.files ?? {}),
    ]),
  ];
  return blocks.slice(0, MOST_BLOCKS);
}

function fileBlocks(files: Record<string, string | null>): ExampleBlock[] {
  return Object.entries(files).map(([path, text]) =>
    text === null ? { kind: 'deleted', title: path, text: '' } : { kind: 'file', title: path, text: cut(text) },
  );
}

function cut(text: string): string {
  const lines = text.split('\n');
  const short = lines.length > MOST_LINES + 1 ? `${lines.slice(0, MOST_LINES).join('\n')}\n…` : text;
  return short.length > LONGEST ? `${short.slice(0, LONGEST)}…` : short;
}
