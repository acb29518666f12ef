// Calm output: one line a step, with a tick and its time.
const WIDTH = 44;
const isTerminal = process.stdout.isTTY === true && !process.env.CI;
const paint = (code, text) => (isTerminal && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text);

/**
 * Runs one step. `title` is shown while it runs and when it is done.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  if (isTerminal) process.stdout.write(`  ${paint(36, '…')} ${title}`);
  try {
    const result = await work();
    const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    finish(`  ${paint(32, '✔')} ${title.padEnd(WIDTH)}${paint(2, seconds.padStart(8))}`);
    return result;
  } catch (error) {
    finish(`  ${paint(31, '✘')} ${title}`);
    throw error;
  }
}

function finish(line) {
  process.stdout.write(isTerminal ? `\r\u001b[2K${line}\n` : `${line}\n`);
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** One sentence on what went wrong. @param {string} sentence */
export function complain(sentence) {
  process.stderr.write(`${paint(31, 'Ancient Elder:')} ${sentence}\n`);
}
