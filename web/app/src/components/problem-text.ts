import { useCallback } from 'react';
import type { Problem } from '@/api/problem';
import { problemOf } from '@/api/problem';
import { type Names, useNames } from './names';

/** A problem in plain words: what happened, what exactly, what to do. */
export interface ProblemText {
  title: string;
  detail: string;
  help: string;
}

// With these the server's sentence means nothing to a reader, or is not there.
const ownTrouble = ['internal', 'offline'];

/**
 * Says a problem in the reader's language. The server's own sentence names the
 * thing it is about and stands beside the title.
 */
export function problemText(problem: Problem, name: (list: Names, code: string) => string): ProblemText {
  const known = name('problemTitle', problem.code) !== problem.code;
  const code = known ? problem.code : 'internal';
  const help = name('problemHelp', code);
  return {
    title: name('problemTitle', code),
    detail: ownTrouble.includes(code) ? '' : detailOf(problem),
    help: help === code ? '' : help,
  };
}

function detailOf(problem: Problem): string {
  if (problem.fields.length === 0) return problem.detail;
  return problem.fields.map((f) => (f.location ? `${shortLocation(f.location)}: ${f.message}` : f.message)).join(' · ');
}

/** The same for whatever was thrown. */
export function useProblemText(): (error: unknown) => ProblemText {
  const name = useNames();
  return useCallback((error) => problemText(problemOf(error), name), [name]);
}

/** "body.networks[0].prefix" → "networks[0].prefix" */
function shortLocation(location: string): string {
  return location.replace(/^(body|query|path)\./, '');
}
