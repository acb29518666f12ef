import { notFound } from 'next/navigation';
import type { ColouredBlock } from '@/components/rules/Example';
import { exampleBlocks } from '@/components/rules/example-blocks';
import type { Sketch } from '@/lib/magics/define';
import { findRule } from '@/lib/magics/registry';
import { highlightExample } from '@/lib/services/rule-examples';

/** The rule of an address. */
export function ruleOf(ruleId: readonly string[]) {
  return findRule(ruleId.join('/')) ?? notFound();
}

/** Examples as blocks to show, their code coloured. */
export function loadExamples(sketches: readonly Sketch[]): Promise<ColouredBlock[][]> {
  return Promise.all(sketches.map((sketch) => Promise.all(exampleBlocks(sketch).map(colour))));
}

async function colour(block: ReturnType<typeof exampleBlocks>[number]): Promise<ColouredBlock> {
  return { ...block, lines: block.kind === 'file' ? await highlightExample(block.title, block.text) : [] };
}
