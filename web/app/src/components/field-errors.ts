import { problemOf } from '@/api/problem';

/**
 * What the server refused, by the field of a form that it speaks of: "body.caps"
 * and "body.caps.2027" are of the field that stands for caps. What is of no field
 * is left to the alert of the form.
 */
export function fieldErrors(error: unknown, fields: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { location, message } of problemOf(error).fields) {
    const name = /^body\.([a-z_]+)/.exec(location)?.[1];
    const field = name && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field && !found[field]) found[field] = message;
  }
  return found;
}
