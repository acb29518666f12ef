import { countBreaks } from './count-breaks';

/** How what is worth a look begins in base64: `-----BEGIN `, `eyJ`, `apiVersion`. */
const ENCODED =
  /(?<![A-Za-z0-9+/])(?:LS0tLS1CRUdJTi|ZXlK|YXBpVmVyc2lvbj)[A-Za-z0-9+/]{40,20000}={0,2}(?![A-Za-z0-9+/=])/g;
const PRINTABLE = /^[\t\n\r -~]+$/;

export interface EncodedText {
  line: number;
  value: string;
  decoded: string;
}

/** Texts in base64 that may hold a credential once decoded. */
export function* encodedSecrets(text: string, max: number): Generator<EncodedText> {
  let line = 1;
  let counted = 0;
  let found = 0;
  for (const match of text.matchAll(ENCODED)) {
    const [value] = match;
    const decoded = Buffer.from(value, 'base64').toString('latin1');
    if (!PRINTABLE.test(decoded)) continue;
    line += countBreaks(text, counted, match.index);
    counted = match.index;
    yield { line, value, decoded };
    found += 1;
    if (found >= max) return;
  }
}
