import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { askAgain } from '../../api/ask.ts';
import { upload } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Card, Fields, Page } from '../../ui/page.tsx';
import { ofAccount } from './use-found.ts';

/** The first step: a file. What was understood of it is looked at before anything is taken in. */
export function NewImport() {
  const t = useText();
  const client = useQueryClient();
  const { first } = useAccounts();
  const [chosen, setChosen] = useState('');
  const account = chosen || first;
  const read = useMutation({
    mutationFn: (file: File) =>
      upload('importUpload', { query: { ...ofAccount(account), fileName: file.name.slice(-200) } }, file),
    onSuccess: (item) => {
      void askAgain(client, ['imports']);
      navigate(`${pathTo('contacts', 'imports', item.id)}?account=${encodeURIComponent(item.account)}`);
    },
  });
  return (
    <Page
      title={t('imports.new')}
      text={t('imports.newText')}
      width="form"
      back={{ to: pathTo('contacts', 'imports'), name: t('imports.title') }}
    >
      <Fields>
        <AccountField value={account} onChange={setChosen} label={t('imports.account')} />
        <FileDrop
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          label={t('imports.choose')}
          hint={t('imports.formats')}
          busy={read.isPending}
          onFile={(file) => read.mutate(file)}
        />
        {read.isPending && <p role="status">{t('imports.reading')}</p>}
        {read.isError && <FaultLine error={read.error} />}
        <Card title={t('imports.exampleTitle')} text={t('imports.exampleText')}>
          <CodeBlock label={t('imports.exampleTitle')} code={t('imports.example')} />
        </Card>
      </Fields>
    </Page>
  );
}
