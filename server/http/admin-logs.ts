import type { AdminHandlers, AdminServices } from './admin-services.ts';
import { TextAnswer } from './text-answer.ts';

/** What the box has logged. */
export function logHandlers({ logs }: AdminServices): AdminHandlers<'logs' | 'logsDownload'> {
  return {
    logs: ({ query }) => logs.page(query),
    logsDownload: () =>
      new TextAnswer({
        contentType: 'application/x-ndjson; charset=utf-8',
        fileName: 'sepsms-box.log',
        chunks: logs.read(),
      }),
  };
}
