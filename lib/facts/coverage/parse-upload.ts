import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { AppError } from '@/lib/errors';
import type { CoverageReport } from './coverage-report';
import { formatOf, READERS } from './read-coverage';
import { MAX_REPORT_CHARACTERS } from './report-line';
import { isReasonable } from './xml';

type Format = CoverageReport['format'];

/** What is wrong with an upload; people read the text of it in their language. */
export type CoverageProblem =
  | 'damaged-gzip'
  | 'no-report'
  | 'no-files'
  | 'no-lcov-record'
  | 'no-count'
  | 'no-file-before'
  | 'no-go-block'
  | 'entities'
  | 'not-xml'
  | 'too-deep';

interface Fault {
  line: number;
  problem: CoverageProblem;
}

const unpack = promisify(gunzip);
const LCOV_RECORD = /^(?:TN|SF|VER|FN|FNL|FNA|FNDA|FNF|FNH|BRDA|BRF|BRH|MCDC|MCF|MCH|LF|LH):|^(?:end_of_record$|#|$)/;
const LCOV_LINE = /^DA:\d{1,9},\d{1,18}(?:,.*)?$/;
const GO_BLOCK = /^(?:\S[^:]{0,499}:\d{1,7}\.\d{1,7},\d{1,7}\.\d{1,7} \d{1,7} \d{1,18})?$/;

/**
 * A report as somebody sends it: plain or gzip, of the format given or found. Throws `unprocessable` with the line of the
 * first fault, `payload_too_large` for what unpacks to more than is read.
 */
export async function parseUpload(bytes: Uint8Array, wanted?: Format): Promise<CoverageReport> {
  const text = new TextDecoder().decode(await unpacked(bytes)).replace(/^\ufeff/, '');
  const format = formatOf(text);
  if (format === null || (wanted && format !== wanted)) throw refusal({ line: 1, problem: 'no-report' });
  const fault = FAULTS[format](text);
  if (fault) throw refusal(fault);
  const files = READERS[format](text);
  if (files.length === 0) throw refusal({ line: 1, problem: 'no-files' });
  return { format, files };
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > MAX_REPORT_CHARACTERS) throw tooLarge();
    return bytes;
  }
  try {
    return await unpack(bytes, { maxOutputLength: MAX_REPORT_CHARACTERS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw refusal({ line: 1, problem: 'damaged-gzip' });
  }
}

const FAULTS: Record<Format, (text: string) => Fault | null> = {
  lcov: lcovFault,
  go: (text) => firstFault(text, (line, at) => (at === 0 || GO_BLOCK.test(line) ? null : 'no-go-block')),
  cobertura: xmlFault,
  jacoco: xmlFault,
};

function lcovFault(text: string): Fault | null {
  let isInFile = false;
  return firstFault(text, (line) => {
    if (line.startsWith('SF:')) isInFile = true;
    else if (line === 'end_of_record') isInFile = false;
    else if (line.startsWith('DA:')) {
      if (!isInFile) return 'no-file-before';
      return LCOV_LINE.test(line) ? null : 'no-count';
    }
    return LCOV_RECORD.test(line) ? null : 'no-lcov-record';
  });
}

function firstFault(text: string, faultOf: (line: string, at: number) => CoverageProblem | null): Fault | null {
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const problem = faultOf(line, at);
    if (problem) return { line: at + 1, problem };
  }
  return null;
}

function xmlFault(text: string): Fault | null {
  const entity = text.search(/<!ENTITY/i);
  if (entity >= 0) return { line: text.slice(0, entity).split('\n').length, problem: 'entities' };
  if (!isReasonable(text)) return { line: 1, problem: 'too-deep' };
  try {
    const result = XMLValidator.validate(text);
    return result === true ? null : { line: Math.max(1, result.err.line), problem: 'not-xml' };
  } catch {
    return { line: 1, problem: 'too-deep' };
  }
}

function refusal({ line, problem }: Fault): AppError {
  return new AppError('unprocessable', `line ${line}: ${problem}`, { details: { line, problem } });
}

function tooLarge(): AppError {
  return new AppError('payload_too_large', `a coverage report is read up to ${MAX_REPORT_CHARACTERS} bytes`);
}
