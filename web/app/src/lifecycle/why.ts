import { formatDay } from '@/format/date';

/**
 * The reasons that the server gives with a forecast, a replacement or a price
 * are English sentences. These are the French ones. What is not here (a newer
 * server) is shown as it came.
 */
const whole: Record<string, string> = {
  invoice: 'facture',
  'repayment of the loan': 'remboursement du prêt',
  rent: 'loyer',
  'rent of the broken first period': 'loyer intercalaire de la première période',
  'insurance with the rent': 'assurance prélevée avec le loyer',
  'what an amendment changes within the period': 'effet d’un avenant en cours de période',
  'insurance of what is leased ends': 'fin de l’assurance du matériel loué',
  'purchase option': 'option d’achat',
  'goes back to the lessor': 'retour au loueur',
  'goes back to the lessor by an amendment': 'retour au loueur par avenant',
  'deposit, which comes back at the end': 'dépôt de garantie, rendu à la fin',
  'the deposit comes back': 'retour du dépôt de garantie',
  'price of the contract': 'prix du contrat',
  'price of the contract, indexed': 'prix du contrat, indexé',
  'price of the contract, which has no end': 'prix du contrat, sans terme',
  'price of the licence': 'prix de la licence',
  'price of the licence, which has no end': 'prix de la licence, sans terme',
  ends: 'prend fin',
  'ends; the price is that of 12 months more': 'prend fin ; le prix est celui de 12 mois de plus',
  'no updates after it': 'plus de mises à jour ensuite',
  'date set by a person': 'date fixée par une personne',
  'the lease ends and it goes back': 'fin de la location, retour au loueur',
  'average of the last purchases': 'moyenne des derniers achats',
  'the last purchase': 'dernier achat',
  'price list': 'liste de prix',
  'middle of the planning band': 'milieu de la fourchette de prévision',
  'no price known for this class': 'aucun prix connu pour ce type',
};

const day = String.raw`(\d{4}-\d\d-\d\d)`;

// Longer sentences first stripped of their ends, then of their beginnings.
const parts: readonly [RegExp, (say: (text: string) => string, ...groups: string[]) => string][] = [
  [/^(.*), unless notice is given$/, (say, rest) => `${say(rest)}, sauf préavis`],
  [/^(.*), the earliest of the editions that it may be$/, (say, rest) => `${say(rest)}, la plus proche des éditions possibles`],
  [new RegExp(`^due on ${day}: (.*)$`), (say, d, rest) => `dû le ${say(d)} : ${say(rest)}`],
  [new RegExp(`^purchase option, to be declared by ${day}$`), (say, d) => `option d’achat, à lever avant le ${say(d)}`],
  [new RegExp(`^goes on until ${day} unless notice is given$`), (say, d) => `reconduit jusqu’au ${say(d)} sauf préavis`],
  [new RegExp(`^goes on until ${day}: it is too late for notice$`), (say, d) => `reconduit jusqu’au ${say(d)} : trop tard pour le préavis`],
  [/^support of (.*) ends: (.*)$/, (say, what, rest) => `fin de support de ${what} : ${say(rest)}`],
  [/^its processor \((.*)\) is too old for Windows 11$/, (_, family) => `processeur (${family}) trop ancien pour Windows 11`],
  [/^its maker's support of (.*) ends$/, (_, what) => `fin de support de ${what} par son constructeur`],
  [/^support of (.*) ends$/, (_, what) => `fin de support de ${what}`],
  [/^insurance of (.*) ends$/, (_, who) => `fin de l’assurance ${who}`],
  [new RegExp(`^a year without coverage, which ends on ${day}$`), (say, d) => `un an sans garantie, celle-ci finissant le ${say(d)}`],
  [/^aged (\d+) months?, (.*)$/, (say, months, rest) => `âge de ${months} mois, ${say(rest)}`],
  [new RegExp(`^bought on ${day}$`), (say, d) => `acheté le ${say(d)}`],
  [new RegExp(`^bought about ${day}, estimated \\((.*)\\)$`), (say, d, why) => `acheté vers le ${say(d)}, estimation (${say(`start ${why}`)})`],
  [new RegExp(`^since ${day} \\((.*)\\)$`), (say, d, why) => `depuis le ${say(d)} (${say(`start ${why}`)})`],
  [new RegExp(`^first seen on ${day}: it may be older$`), (say, d) => `vu pour la première fois le ${say(d)} : peut être plus ancien`],
  [/^start (.*)$/, (_, why) => starts[why] ?? why],
  [/^(\d+) failures in (\d+) months?$/, (_, failures, months) => `${failures} pannes en ${months} mois`],
  [
    /^repairs of ([\d.]+) ([A-Z]{3}) in (\d+) months? are more than (\d+) % of a new one at ([\d.]+)$/,
    (_, cost, currency, months, percent, price) =>
      `${cost.replace('.', ',')} ${currency} de réparations en ${months} mois, plus de ${percent} % d’un neuf à ${price.replace('.', ',')}`,
  ],
];

const starts: Record<string, string> = {
  said: 'indiqué par une personne ou un fichier',
  financing: 'facture ou location',
  coverage: 'début de garantie',
  serial: 'numéro de série',
  'bios-date': 'date du BIOS',
  processor: 'sortie de son processeur',
  model: 'sortie de son modèle',
  installed: 'installation du système',
  'first-seen': 'première vue',
};

/** Says one of the server's reasons in the reader's language. */
export function sayWhy(why: string, language: string): string {
  if (language !== 'fr') return why.replace(/\d{4}-\d\d-\d\d/g, (d) => formatDay(d, language) || d);
  if (Object.hasOwn(whole, why)) return whole[why] ?? why;
  if (/^\d{4}-\d\d-\d\d$/.test(why)) return formatDay(why, language);
  const say = (text: string) => sayWhy(text, language);
  for (const [pattern, french] of parts) {
    const found = pattern.exec(why);
    if (found) return french(say, ...found.slice(1));
  }
  return why;
}
