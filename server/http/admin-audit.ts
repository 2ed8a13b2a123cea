import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { TextAnswer } from './text-answer.ts';

const columns = ['id', 'at', 'who', 'role', 'address', 'operation', 'target', 'detail', 'outcome', 'hash'] as const;

/** What people did at the box. */
export function auditHandlers(
  services: AdminServices,
): AdminHandlers<'audit' | 'auditEntry' | 'auditExport' | 'auditVerify'> {
  const { audit } = services;
  return {
    audit: ({ query }) => audit.page(query),
    auditEntry: ({ params }) => audit.entry(params.id),
    auditExport: ({ query }) => {
      const pages = audit.rows(query);
      return new TextAnswer({
        contentType: 'text/csv; charset=utf-8',
        fileName: 'audit.csv',
        chunks: (function* lines() {
          yield `${byteOrderMark}${csvLine(columns)}`;
          for (const rows of pages) yield rows.map((row) => csvLine(columns.map((name) => row[name]))).join('');
        })(),
      });
    },
    auditVerify: async ({ query: { row, hash } }) =>
      await audit.verify(row === undefined || hash === undefined ? null : { row, hash }),
  };
}
