import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { ColouredBlock } from '@/components/rules/Example';
import { exampleBlocks } from '@/components/rules/example-blocks';
import { pageContext } from '@/lib/auth/page-context';
import type { Rule, Sketch } from '@/lib/magics/define';
import { orNull } from '@/lib/services/or-null';
import { getTeamRule } from '@/lib/services/own-rules';
import { highlightExample } from '@/lib/services/rule-examples';

/** The rule of an address: of the catalogue, or of the team's own. */
export const ruleOf = cache(async (id: string): Promise<Rule> => {
  const { ctx, team } = await pageContext();
  return (await orNull(getTeamRule(ctx, team.id, id))) ?? notFound();
});

/** Examples as blocks to show, their code coloured. */
export function loadExamples(sketches: readonly Sketch[]): Promise<ColouredBlock[][]> {
  return Promise.all(sketches.map((sketch) => Promise.all(exampleBlocks(sketch).map(colour))));
}

async function colour(block: ReturnType<typeof exampleBlocks>[number]): Promise<ColouredBlock> {
  return { ...block, lines: block.kind === 'file' ? await highlightExample(block.title, block.text) : [] };
}
