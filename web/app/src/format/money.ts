/** An amount in the minor units of a currency, as the API gives it. */
export interface Money {
  minor: number;
  currency: string;
}

/** The amount as people write it in that language; "" when there is none. */
export function formatMoney(amount: Money | undefined, language: string): string {
  if (!amount?.currency) return '';
  const format = formatter(amount.currency, language);
  if (!format) return `${String(amount.minor)} ${amount.currency}`;
  return format.format(unitsOf(amount));
}

/** The amount in whole units of its currency, for charts and fields: 1 234.5 for 123450 cents. */
export function unitsOf({ minor, currency }: Money): number {
  return minor / 10 ** (formatter(currency, 'en')?.resolvedOptions().maximumFractionDigits ?? 2);
}

/** The currencies that forms offer: the euro, and those of its neighbours and of the overseas territories. */
export const currencies = ['EUR', 'CHF', 'GBP', 'USD', 'XPF', 'MAD', 'TND', 'XOF', 'CAD'] as const;

/** The amount as a person would type it, without its currency: "1234,50". */
export function writeMoney(amount: Money | undefined, language: string): string {
  if (!amount?.currency) return '';
  const digits = formatter(amount.currency, 'en')?.resolvedOptions().maximumFractionDigits ?? 2;
  return new Intl.NumberFormat(language, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(unitsOf(amount));
}

/**
 * Reads what a person typed ("1 234,50", "1,234.50", "1234.5") into minor units;
 * undefined when it is no amount or has more decimals than the currency.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const digits = formatter(currency, 'en')?.resolvedOptions().maximumFractionDigits ?? 2;
  const compact = text.replace(/[\s\u00a0\u202f€$£'’]/g, '');
  const match = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d*))?$/.exec(compact);
  if (!match) return undefined;
  const [, whole = '', group, point, decimals = ''] = match;
  if (group && group === point) return undefined;
  // "1,234" alone: three digits after the only separator are thousands, but for the
  // few currencies that have as many decimals.
  if (digits === 3 && group && !point && whole.split(group).length === 2) return { minor: Number(whole.replace(group, '')), currency };
  const units = Number(whole.replace(/[.,]/g, ''));
  if (decimals.length > digits) return undefined;
  const minor = units * 10 ** digits + Number(decimals.padEnd(digits, '0') || '0');
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}

/** The sum of amounts, one for each currency: parc never converts. */
export function sumMoney(amounts: readonly (Money | undefined)[]): Money[] {
  const totals = new Map<string, number>();
  for (const amount of amounts) {
    if (amount?.currency) totals.set(amount.currency, (totals.get(amount.currency) ?? 0) + amount.minor);
  }
  return [...totals].map(([currency, minor]) => ({ currency, minor }));
}

const formatters = new Map<string, Intl.NumberFormat | undefined>();

function formatter(currency: string, language: string): Intl.NumberFormat | undefined {
  const key = `${language} ${currency}`;
  if (!formatters.has(key)) {
    let made: Intl.NumberFormat | undefined;
    try {
      made = new Intl.NumberFormat(language, { style: 'currency', currency });
    } catch {
      made = undefined; // no currency code: shown as it came
    }
    formatters.set(key, made);
  }
  return formatters.get(key);
}
