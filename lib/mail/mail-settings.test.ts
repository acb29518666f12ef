import { describe, expect, test } from 'vitest';
import { readMailbox, readSmtpUrl } from './mail-settings';

describe('SMTP_URL', () => {
  test.each([
    [
      'smtp://mail.example.com',
      { host: 'mail.example.com', port: 587, isSecure: false, isInsecure: false, login: null },
    ],
    ['smtps://mail.example.com', { port: 465, isSecure: true, isInsecure: false }],
    ['smtp://localhost:25/', { host: 'localhost', port: 25 }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
    ['smtp://a%40b.example:p%3Aw%2F%20@mail.example.com', { login: { user: 'a@b.example', password: 'p:w/ ' } }],
    ['smtp://mail.example.com?insecure=true', { isInsecure: true }],
    ['smtp://mail.example.com?insecure=false', { isInsecure: false }],
  ])('reads %s', (text, expected) => {
    expect(readSmtpUrl(text)).toMatchObject(expected);
  });

  test.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://mail.example.com/path',
    'smtp://mail.example.com#x',
    'smtp://user@mail.example.com',
    'smtp://:password@mail.example.com',
    'smtp://user:%E0%A4@mail.example.com',
    'smtp://mail.example.com?insecure',
    'smtp://mail.example.com?tls=off',
    'smtp://mail.example.com?insecure=true&insecure=false',
    'smtp://mail.example.com:99999',
    'smtp://mail.exa\nmple.com',
  ])('refuses %j', (text) => {
    expect(readSmtpUrl(text)).toBeNull();
  });
});

describe('MAIL_FROM', () => {
  test.each([
    ['elder@example.com', { name: '', address: 'elder@example.com' }],
    ['Ancient Elder <elder@example.com>', { name: 'Ancient Elder', address: 'elder@example.com' }],
    ['"Elder, Ancient" <elder@example.com>', { name: 'Elder, Ancient', address: 'elder@example.com' }],
    ['長老 <elder@example.com>', { name: '長老', address: 'elder@example.com' }],
  ])('reads %s', (text, expected) => {
    expect(readMailbox(text)).toEqual(expected);
  });

  test.each([
    'elder',
    'a@example.com, b@example.com',
    'A <a@example.com> <b@example.com>',
    'A\r\nBcc: b@example.com <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
    '<>',
  ])('refuses %j', (text) => {
    expect(readMailbox(text)).toBeNull();
  });
});
