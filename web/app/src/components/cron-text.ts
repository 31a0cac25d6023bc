import { useTranslation } from 'react-i18next';
import { readCron } from '@/format/cron';
import { useLanguage } from '@/i18n';

/** Says a cron expression in words. */
export function useCronText(): (spec: string) => string {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (spec) => {
    const hint = readCron(spec);
    switch (hint.kind) {
      case 'minute':
      case 'invalid':
        return t(`cron.${hint.kind}`);
      case 'other':
        return t('cron.other', { spec: spec.trim() });
      case 'minutes':
        return t('cron.minutes', { n: hint.n });
      case 'hour':
        return t('cron.hour', { minute: hint.minute });
      case 'hours':
        return t('cron.hours', { n: hint.n, minute: hint.minute });
      case 'day':
      case 'weekdays':
        return t(`cron.${hint.kind}`, { time: hint.time });
      case 'week':
        return t('cron.week', { days: weekdays(hint.days, language), time: hint.time });
      case 'month':
        return t('cron.month', { day: hint.day === 1 ? t('cron.first') : String(hint.day), time: hint.time });
      case 'year':
        return t('cron.year', { date: dayAndMonth(hint.month, hint.day, language), time: hint.time });
    }
  };
}

// 4 January 2026 is a Sunday, cron's day 0.
function weekdays(days: readonly number[], language: string): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return list.format(days.map((d) => name.format(Date.UTC(2026, 0, 4 + d))));
}

function dayAndMonth(month: number, day: number, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, day));
}
