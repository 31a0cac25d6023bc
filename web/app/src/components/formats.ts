import { useEffect, useMemo, useState } from 'react';
import { dayOf, formatAgo, formatDay, formatDistance, formatInstant } from '@/format/date';
import { formatMoney, type Money } from '@/format/money';
import { formatBytes, formatMegabytes, formatSpeed } from '@/format/size';
import { useLanguage } from '@/i18n';

const minute = 60_000;

/** The present moment, renewed every minute: what is "5 minutes ago" moves on. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, minute);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

/** Today's civil date where the reader is. */
export function useToday(): string {
  return dayOf(new Date(useNow()));
}

/** The formats of dates, amounts and sizes in the reader's language. */
export function useFormats() {
  const { language } = useLanguage();
  return useMemo(
    () => ({
      day: (day: string | undefined) => formatDay(day, language),
      instant: (instant: string | undefined) => formatInstant(instant, language),
      ago: (instant: string | undefined, now: number) => formatAgo(instant, now, language),
      distance: (day: string | undefined, today: string) => formatDistance(day, today, language),
      money: (amount: Money | undefined) => formatMoney(amount, language),
      number: (n: number) => new Intl.NumberFormat(language).format(n),
      percent: (permille: number) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(permille / 1000),
      size: (megabytes: number | undefined) => formatMegabytes(megabytes, language),
      bytes: (bytes: number | undefined) => formatBytes(bytes, language),
      speed: (mbps: number | undefined) => formatSpeed(mbps, language),
    }),
    [language],
  );
}
