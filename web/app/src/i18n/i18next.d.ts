import 'i18next';
import type { texts } from './en';

// Keys are checked by the compiler: a text that does not exist does not build.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof texts };
    returnNull: false;
  }
}
