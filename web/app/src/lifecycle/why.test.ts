import { describe, expect, it } from 'vitest';
import { sayWhy } from './why';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('sayWhy', () => {
  it.each([
    ['rent, unless notice is given', 'loyer, sauf préavis'],
    ['goes on until 2028-02-29 unless notice is given', 'reconduit jusqu’au 29 févr. 2028 sauf préavis'],
    ['due on 2025-01-31: aged 60 months, bought on 2020-01-31', 'dû le 31 janv. 2025 : âge de 60 mois, acheté le 31 janv. 2020'],
    ['aged 48 months, bought about 2019-05-01, estimated (serial)', 'âge de 48 mois, acheté vers le 1 mai 2019, estimation (numéro de série)'],
    [
      'support of Windows 10 ends: its processor (Core i5-6500) is too old for Windows 11',
      'fin de support de Windows 10 : processeur (Core i5-6500) trop ancien pour Windows 11',
    ],
    [
      'repairs of 900.00 EUR in 12 months are more than 50 % of a new one at 1200.00',
      '900,00 EUR de réparations en 12 mois, plus de 50 % d’un neuf à 1200,00',
    ],
    ['support of Ubuntu ends, the earliest of the editions that it may be', 'fin de support de Ubuntu, la plus proche des éditions possibles'],
  ])('says %s in French', (why, french) => {
    expect(plain(sayWhy(why, 'fr'))).toBe(french);
  });

  it('leaves what it does not know, and English but for its days, as they are', () => {
    expect(sayWhy('a reason of next year', 'fr')).toBe('a reason of next year');
    expect(sayWhy('aged 60 months, bought on 2022-02-01', 'en')).toBe('aged 60 months, bought on Feb 1, 2022');
  });
});
