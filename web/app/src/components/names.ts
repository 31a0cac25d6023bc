import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** The lists of words that the API gives as codes. */
export type Names =
  | 'class'
  | 'state'
  | 'severity'
  | 'source'
  | 'field'
  | 'identifier'
  | 'component'
  | 'financing'
  | 'coverageKind'
  | 'contractKind'
  | 'licenceKind'
  | 'metric'
  | 'installedKind'
  | 'importTarget'
  | 'importWhat'
  | 'importProblem'
  | 'importPurchase'
  | 'importKind'
  | 'importLeft'
  | 'role'
  | 'scanState'
  | 'phase'
  | 'depth'
  | 'weakness'
  | 'because'
  | 'attachmentKind'
  | 'reportKind'
  | 'reportFormat'
  | 'reportHelp'
  | 'forecastKind'
  | 'reason'
  | 'priceSource'
  | 'interventionKind'
  | 'supportLevel'
  | 'promise'
  | 'eventKind'
  | 'amendmentTerm'
  | 'conventionText'
  | 'problemTitle'
  | 'problemHelp';

/**
 * Gives the word that people read for a code of the API; a code that has none
 * (a newer server, a person's own kind of contract) is shown as it is.
 */
export function useNames(): (list: Names, code: string | undefined) => string {
  const { i18n } = useTranslation();
  return useCallback(
    (list, code) => {
      if (!code) return '';
      const words = i18n.getResource(i18n.language, 'translation', list) as Record<string, string> | undefined;
      return (words && Object.hasOwn(words, code) ? words[code] : undefined) ?? code;
    },
    [i18n, i18n.language], // eslint-disable-line react-hooks/exhaustive-deps -- the language decides the words
  );
}
