import { problemOf } from '@/api/problem';

/**
 * What the server refused, by the field of a form that it speaks of: "body.caps"
 * and "body.caps.2027" are of the field that stands for caps. A field of a list is
 * named "amendments[].day", with # for the place in the form's name. What is of no
 * field is left to the alert of the form.
 */
export function fieldErrors(error: unknown, fields: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { location, message } of problemOf(error).fields) {
    const [, name = '', place = '', part = ''] = /^body\.([a-z_]+)(?:\[(\d+)\]\.([a-z_]+))?/.exec(location) ?? [];
    const key = [`${name}[].${part}`, name].find((k) => Object.hasOwn(fields, k));
    const field = key && fields[key]?.replace('#', place);
    if (field && !found[field]) found[field] = message;
  }
  return found;
}
