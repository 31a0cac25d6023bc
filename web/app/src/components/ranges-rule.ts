import { useTranslation } from 'react-i18next';
import { parseRanges } from '@/format/network';

/** The rule of a field that holds ranges, one a line: names the first that is none. */
export function useRangesRule(): (text: string) => string | null {
  const { t } = useTranslation();
  return (text) => {
    const bad = parseRanges(text).bad[0];
    return bad === undefined ? null : t('network.badRange', { range: bad });
  };
}
