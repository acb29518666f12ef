import { expect, test } from 'vitest';
import { createAliases } from './aliases';

test('addresses under one full name are one person, known by the busiest', () => {
  const aliases = createAliases();
  aliases.add('Ada Lovelace', 'ada@home.example');
  aliases.add('Ada Lovelace', 'ada@work.example');
  aliases.add('ada', 'ada@work.example');
  aliases.add('ada  lovelace', 'ada@phone.example');

  expect(aliases.size()).toBe(1);
  expect(aliases.mainOf('ada@phone.example')).toBe('ada@work.example');
});

test('a first name or an account name makes nobody the same', () => {
  const aliases = createAliases();
  aliases.add('David', 'david@a.example');
  aliases.add('David', 'david@b.example');
  aliases.add('root', 'root@a.example');
  aliases.add('root', 'root@b.example');

  expect(aliases.size()).toBe(4);
  expect(aliases.mainOf('david@b.example')).toBe('david@b.example');
});
