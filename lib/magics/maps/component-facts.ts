import { FACTS_OF_FILES } from '../fact-names';
import type { Facts } from '../facts';
import type { FileRole } from '../facts/code';
import { totalsOf } from '../totals';

interface PlacedRow {
  path: string;
  role: FileRole;
}

/** The facts of each component on its own, by its id; what speaks of the whole repository is missing there. */
export function factsByComponent(facts: Facts): Map<string, Facts> {
  const { files } = facts;
  if (!files) return new Map();
  const componentOf = new Map(files.map(({ path, component }) => [path, component]));
  const grouped = FACTS_OF_FILES.map(
    (name) => [name, groupBy(facts[name] as PlacedRow[] | null, componentOf)] as const,
  );
  const whole = Object.fromEntries(Object.keys(facts).map((name) => [name, null]));
  return new Map(
    [...new Set(componentOf.values())].sort().map((component): [string, Facts] => {
      const own = Object.fromEntries(grouped.map(([name, rows]) => [name, rows && (rows.get(component) ?? [])]));
      const part = { ...whole, ...own, commit: facts.commit, now: facts.now, missing: facts.missing } as Facts;
      const totals = totalsOf(part.files ?? [], part.functions ?? [], part.tests ?? []);
      return [component, { ...part, totals }];
    }),
  );
}

function groupBy<Row extends PlacedRow>(
  rows: readonly Row[] | null,
  componentOf: ReadonlyMap<string, string>,
): Map<string, Row[]> | null {
  if (!rows) return null;
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const component = componentOf.get(row.path) ?? '.';
    const group = groups.get(component);
    if (group) group.push(row);
    else groups.set(component, [row]);
  }
  return groups;
}
