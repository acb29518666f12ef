import { AppError } from '@/lib/errors';

const MOST_CHARACTERS = 512;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,127})*$/;

/** Parts of letters, digits, dots, dashes and underscores that begin with a letter or digit: no way leads out of a directory. */
export function isObjectKey(text: string): boolean {
  return text.length <= MOST_CHARACTERS && KEY.test(text);
}

/** @throws AppError `invalid_request` */
export function assertObjectKey(key: string): void {
  if (!isObjectKey(key)) throw new AppError('invalid_request', `${JSON.stringify(key)} is no name of an object`);
}

/** Of a folder: empty, or with a slash at its end. @throws AppError `invalid_request` */
export function assertObjectPrefix(prefix: string): void {
  if (prefix === '' || (prefix.endsWith('/') && isObjectKey(prefix.slice(0, -1)))) return;
  throw new AppError('invalid_request', `${JSON.stringify(prefix)} is no folder of objects`);
}
