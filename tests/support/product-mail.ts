import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startMailServer } from './mail-server';
import { MAIL_DIRECTORY, PRODUCT } from './product';

/** The mail server of the product under test; what it takes is kept in files for the tests to read. */
export async function keepMailOfProduct(): Promise<AsyncDisposable> {
  mkdirSync(MAIL_DIRECTORY, { recursive: true });
  const server = await startMailServer({
    port: PRODUCT.mailPort,
    onMail({ recipients: [to = ''], raw }) {
      const name = `${to} ${randomUUID()}`;
      // Nobody sees half a letter.
      writeFileSync(path.join(MAIL_DIRECTORY, `.${name}`), raw);
      renameSync(path.join(MAIL_DIRECTORY, `.${name}`), path.join(MAIL_DIRECTORY, name));
    },
  });
  return {
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(MAIL_DIRECTORY, { recursive: true, force: true });
    },
  };
}
