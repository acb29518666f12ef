import { type Gate, gatesOfCommand } from './gates';

/** Gates whose result must count. */
export const BINDING: ReadonlySet<Gate> = new Set<Gate>(['tests', 'lint', 'security']);

interface Neutralised {
  form: 'or-true' | 'ignored-exit';
  gate: Gate;
  text: string;
}

type Scripts = ReadonlyMap<string, string>;

const MAX_LINE = 1000;
const OR_TRUE = /\|\|\s*(?:true|:|exit 0|echo\b[^|&;]*|printf\b[^|&;]*)\s*(?:;\s*)?$/;
/** The command's output or status is looked at, or the command mends instead of judging. */
const NOT_A_VERDICT =
  /\$\(|`|^\s*(?:(?:if|while|until|!)|git (?:commit|add|push|tag|diff|apply))\s|\s(?:--fix|--write|--fix-only|--autofix)\b|\bgofmt -\w*w/;

/** Logical lines: continued ones joined, comments and heredocs' ends left as they are. */
function commandLines(run: string): string[] {
  return run
    .replace(/\\\r?\n\s*/g, ' ')
    .split(/\r?\n/, 500)
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .trim()
        .slice(0, MAX_LINE),
    )
    .filter((line) => line !== '');
}

export function bindingGate(command: string, scripts: Scripts): Gate | null {
  const gates = gatesOfCommand(command, scripts).filter((gate) => BINDING.has(gate));
  return gates.find((gate) => gate === 'security') ?? gates[0] ?? null;
}

const MAX_WORDS = 3;

/** The words of a command that say which check it is, without its options. */
export function checkOf(command: string): string {
  return command
    .replace(OR_TRUE, '')
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('-'))
    .slice(0, MAX_WORDS)
    .join(' ');
}

/** Gate commands of a shell script, whether they can fail the step or not. */
export function gateCommands(run: string, scripts: Scripts): string[] {
  return commandLines(run).filter((line) => bindingGate(line, scripts) !== null);
}

/** Gate commands of a shell script whose failure cannot fail the step. */
export function neutralisedCommands(run: string, scripts: Scripts): Neutralised[] {
  const found: Neutralised[] = [];
  const all = commandLines(run);
  const looksAtStatus = /\$\?|\bPIPESTATUS\b|\bexit\s+(?:[1-9]|"?\$)|\breturn\s+[1-9]|\btrap\b/.test(run);
  let isLenient = false;
  all.forEach((line, index) => {
    if (/^set\s+[^#]*\+(?:e|o errexit)\b/.test(line)) isLenient = true;
    else if (/^set\s+-\w*e|^set -o errexit/.test(line)) isLenient = false;

    const orTrue = OR_TRUE.exec(line);
    if (orTrue) {
      const command = line.slice(0, orTrue.index).split(/&&|;/).at(-1) ?? '';
      const gate = NOT_A_VERDICT.test(line) ? null : bindingGate(command, scripts);
      if (gate) found.push({ form: 'or-true', gate, text: line });
      return;
    }
    const isLast = index === all.length - 1;
    if (!isLenient || isLast || looksAtStatus || NOT_A_VERDICT.test(line)) return;
    const gate = bindingGate(line, scripts);
    if (gate) found.push({ form: 'ignored-exit', gate, text: line });
  });
  return found;
}
