/** What people can do something about: told in a sentence, without a stack. */
export class SetupFailure extends Error {
  name = 'SetupFailure';
}

/** @param {unknown} error */
export function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'The disk is full.';
  if (error.code === 'EACCES' || error.code === 'EROFS')
    return `${error.path ?? 'A file'} cannot be written: check who owns the folder.`;
  return error.name === 'SetupFailure' || error.name === 'AppError' ? error.message : (error.stack ?? error.message);
}
