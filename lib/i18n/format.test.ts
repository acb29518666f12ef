import { describe, expect, test } from 'vitest';
import { createFormat } from './format';

const NOW = Date.parse('2026-11-23T14:02:00Z');
const en = createFormat('en', 'UTC', NOW);
const ja = createFormat('ja', 'Asia/Tokyo', NOW);

const past = (ms: number) => new Date(NOW - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long ago', () => {
  test.each([
    [past(0), 'just now', 'たった今'],
    [past(59_999), 'just now', 'たった今'],
    [past(21 * MINUTE), '21 min ago', '21分前'],
    [past(HOUR), '1 h ago', '1時間前'],
    [past(23 * HOUR), '23 h ago', '23時間前'],
    [past(DAY), 'yesterday', '昨日'],
    [past(6 * DAY), '6 days ago', '6日前'],
    [past(7 * DAY), '16 Nov', '11月16日'],
    [past(400 * DAY), '19 Oct 2025', '2025年10月19日'],
  ])('%s is “%s” and “%s”', (instant, english, japanese) => {
    expect([en.ago(instant), ja.ago(instant)]).toEqual([english, japanese]);
  });

  test('a clock that runs ahead of ours does not show the future', () => {
    expect(en.ago(past(-5 * MINUTE))).toBe('just now');
  });
});

test('dates follow the reader’s time zone, not the machine’s', () => {
  const instant = '2026-11-22T20:30:00Z';

  expect([en.date(instant), ja.date(instant)]).toEqual(['22 Nov', '11月23日']);
  expect([en.time(instant), ja.time(instant)]).toEqual(['20:30', '05:30']);
});

test.each([
  [4, '+4'],
  [-8, '−8'],
  [0, '±0'],
  [0.4, '±0'],
  [-0.4, '±0'],
  [-0.6, '−1'],
  [1234, '+1,234'],
])('a change of %d reads %s', (value, text) => {
  expect(en.change(value)).toBe(text);
});

test.each([
  [0, '0 ms', '0ミリ秒'],
  [800, '800 ms', '800ミリ秒'],
  [1_000, '1 s', '1秒'],
  [2_140, '2.1 s', '2.1秒'],
  [14_300, '14 s', '14秒'],
  [59_960, '1 min', '1分'],
  [125_000, '2 min 5 s', '2分5秒'],
  [3_600_000, '1 h', '1時間'],
  [5_400_000, '1 h 30 min', '1時間30分'],
])('%d ms lasted %s', (durationMs, english, japanese) => {
  expect([en.duration(durationMs), ja.duration(durationMs)]).toEqual([english, japanese]);
});

test.each([
  [7_000, '0:07'],
  [760_000, '12:40'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('a clock of %d ms shows %s', (durationMs, text) => {
  expect(en.clock(durationMs)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_604_055, '1.6 MB'],
  [870_626, '871 kB'],
  [999_600, '1 MB'],
  [12_000_000_000, '12 GB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(en.bytes(sizeBytes)).toBe(text);
});

test('percentages have a space in English and none in Japanese', () => {
  expect([en.percent(0.955, 1), ja.percent(0.955, 1)]).toEqual(['95.5 %', '95.5%']);
});

test('scores are rounded once, at the end', () => {
  expect([en.score(89.5), en.score(89.49), en.score(0)]).toEqual(['90', '89', '0']);
});

test('a day of the calendar is the same in every zone', () => {
  const west = createFormat('en', 'America/Los_Angeles', NOW);

  expect([west.day('2026-12-31'), ja.day('2026-12-31')]).toEqual(['31 Dec 2026', '2026年12月31日']);
});
