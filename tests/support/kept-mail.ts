import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { type ReceivedMail, readMail } from './mail-server';
import { MAIL_DIRECTORY } from './product';

/** The one letter that an address got, as soon as it is there. */
export async function mailTo(address: string): Promise<ReceivedMail> {
  const files = () => readdirSync(MAIL_DIRECTORY).filter((name) => name.startsWith(`${address} `));
  await expect.poll(files, `letters to ${address}`).toHaveLength(1);
  return readMail(readFileSync(path.join(MAIL_DIRECTORY, files()[0] ?? '')), [address]);
}
