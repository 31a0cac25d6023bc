import { describe, expect, it } from 'vitest';
import { readCron } from './cron';

describe('readCron', () => {
  it.each([
    ['* * * * *', { kind: 'minute' }],
    ['*/15 * * * *', { kind: 'minutes', n: 15 }],
    ['30 * * * *', { kind: 'hour', minute: 30 }],
    ['@hourly', { kind: 'hour', minute: 0 }],
    ['0 */6 * * *', { kind: 'hours', n: 6, minute: 0 }],
    ['0 3 * * *', { kind: 'day', time: '03:00' }],
    [' 5  22 * * ? ', { kind: 'day', time: '22:05' }],
    ['@daily', { kind: 'day', time: '00:00' }],
    ['0 3 * * 1-5', { kind: 'weekdays', time: '03:00' }],
    ['0 3 * * mon-FRI', { kind: 'weekdays', time: '03:00' }],
    ['0 3 * * 0,6', { kind: 'week', days: [0, 6], time: '03:00' }],
    ['0 3 * * 5-7', { kind: 'week', days: [0, 5, 6], time: '03:00' }],
    ['0 3 * * 0-6', { kind: 'day', time: '03:00' }],
    ['15 2 1 * *', { kind: 'month', day: 1, time: '02:15' }],
    ['0 0 14 7 *', { kind: 'year', month: 7, day: 14, time: '00:00' }],
    ['0 3 1-7 * 1', { kind: 'other' }],
    ['0 3 * * 5-1', { kind: 'other' }],
    ['0 9-17 * * *', { kind: 'other' }],
    ['*/0 * * * *', { kind: 'other' }],
    ['@every 2h', { kind: 'other' }],
    ['', { kind: 'invalid' }],
    ['0 3 * *', { kind: 'invalid' }],
    ['0 3 * * * *', { kind: 'invalid' }],
    ['60 3 * * *', { kind: 'invalid' }],
    ['0 24 * * *', { kind: 'invalid' }],
    ['0 0 32 * *', { kind: 'invalid' }],
    ['TZ=UTC 0 3 * * *', { kind: 'invalid' }],
    ['$(id) 3 * * *', { kind: 'invalid' }],
  ])('%s', (spec, want) => {
    expect(readCron(spec)).toEqual(want);
  });
});
