import type { DeliveryReport, ReportVerdict } from '../../domain/carrier.ts';
import type { Millis } from '../../domain/ports.ts';
import type { ProviderMapping, ReportPlaces } from '../../domain/provider-mapping.ts';
import { textAt, textsAt, valueAt } from './pointer.ts';

const mostReports = 1_000;
const longestReference = 255;

/** The reports that a call or an answer holds. One without a reference, or whose status is empty, is none. */
export function reportsIn(
  document: unknown,
  places: ReportPlaces,
  mapping: ProviderMapping,
  referenceOf: (report: unknown) => string | undefined,
): DeliveryReport[] {
  return listIn(document, places).flatMap((each) => {
    const reference = referenceOf(each);
    const statuses = textsAt(each, places.status).filter((status) => status !== '');
    const [status] = statuses;
    if (reference === undefined || reference === '' || status === undefined) return [];
    const code = textAt(each, places.code) ?? status;
    return [
      {
        reference: reference.slice(0, longestReference),
        msisdn: numberIn(textAt(each, places.number)),
        verdict: verdictOf(statuses, mapping),
        code: code.slice(0, 100),
        message: textAt(each, places.message) ?? `The provider says ${status}.`,
        at: timeIn(textAt(each, places.time)),
      },
    ];
  });
}

function listIn(document: unknown, { list }: ReportPlaces): unknown[] {
  if (list === undefined) return [document];
  const pointers = typeof list === 'string' ? [list] : list;
  const found: unknown = pointers.map((pointer) => valueAt(document, pointer)).find((value) => Array.isArray(value));
  return Array.isArray(found) ? found.slice(0, mostReports) : [];
}

/** The first status that the table knows decides. */
function verdictOf(
  statuses: readonly string[],
  { statuses: table = {}, otherStatuses }: ProviderMapping,
): ReportVerdict {
  const known = statuses.find((status) => Object.hasOwn(table, status));
  return (known === undefined ? undefined : table[known]) ?? otherStatuses ?? 'trying';
}

function numberIn(text: string | undefined): string | null {
  const digits = (text ?? '').replaceAll(/\D/gu, '').slice(0, 20);
  return digits === '' ? null : digits;
}

/** Only times that mean the same everywhere: seconds or milliseconds since 1970, or ISO 8601 with an offset. */
function timeIn(text: string | undefined): Millis | null {
  if (text === undefined) return null;
  if (/^\d{10}$/u.test(text)) return Number(text) * 1_000;
  if (/^\d{13}$/u.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/u.test(text)) return null;
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}
