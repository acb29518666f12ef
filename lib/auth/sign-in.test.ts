import { expect, test } from 'vitest';
import { signInWithPassword } from './sign-in';

test.each(['', 'nobody', 'a\u0000@example.com', '\ud800@example.com'])(
  '%j signs nobody in and asks no database',
  async (email) => {
    await expect(
      signInWithPassword({ email, password: 'long enough', address: '192.0.2.1', cookie: null }),
    ).resolves.toBeNull();
  },
);
