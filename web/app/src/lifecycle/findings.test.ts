import { expect, it } from 'vitest';
import type { Finding } from '@/api/types';
import { countFindings, groupFindings } from './findings';

const finding = (rule: string, severity: Finding['severity'], asset_id: string, title = rule): Finding => ({ rule, severity, asset_id, title });

const findings = [
  finding('telnet', 'high', 'a'),
  finding('system', 'medium', 'a', 'Windows 10'),
  finding('community', 'high', 'a'),
  finding('system', 'critical', 'c', 'Windows 7'),
  finding('community', 'high', 'b'),
  finding('system', 'medium', 'b', 'Debian 9'),
];

it('groupFindings puts the worst first, then what touches most assets', () => {
  expect(groupFindings(findings).map((g) => [g.severity, g.title, g.findings.map((f) => f.asset_id).join()])).toEqual([
    ['critical', 'Windows 7', 'c'],
    ['high', 'community', 'a,b'],
    ['high', 'telnet', 'a'],
    ['medium', 'Debian 9', 'b'],
    ['medium', 'Windows 10', 'a'],
  ]);
});

it('countFindings counts each severity', () => {
  expect(countFindings(findings)).toEqual({ critical: 1, high: 3, medium: 2, low: 0 });
});
