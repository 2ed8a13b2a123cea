import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { columnUses } from '../../../server/contract/import-rules.ts';
import { keepAnswer, useAct, useAsk } from '../../api/ask.ts';
import type { CallInput } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { withField, withUse } from './column-uses.ts';
import type { Column } from './column-uses.ts';
import { NewGroup } from './group-dialogs.tsx';
import { GroupPicker } from './group-picker.tsx';
import classes from './imports.module.css';
import { turnOf } from './import-state.tsx';
import { ofAccount } from './use-found.ts';

type Plan = CallInput<'importSet'>['body'];

/** What is to become of the lines: what each column is, what happens to numbers that are there, and the groups. */
export function ImportPlan({ item }: { readonly item: ImportItem }) {
  const t = useText();
  const plan = useAct('importSet', ['import', 'imports', 'importRows'], turnOf(item));
  const client = useQueryClient();
  const params = { id: item.id };
  const ask = (body: Plan) =>
    plan.mutate({ params, body }, { onSuccess: (answer) => keepAnswer(client, 'import', { params }, answer) });
  const columns = plan.isPending ? (columnsOf(plan.variables.body.columns, item) ?? item.columns) : item.columns;
  const set = (next: readonly Column[]) => ask({ columns: next.map(({ use, field }) => ({ use, field })) });
  return (
    <>
      <Card title={t('imports.columns')} text={t('imports.columnsText')}>
        {!columns.some(({ use }) => use === 'msisdn') && <p className={classes.missing}>{t('imports.noNumbers')}</p>}
        <ul className={classes.columns} aria-busy={plan.isPending}>
          {columns.map((column, at) => (
            <ColumnLine
              key={at}
              column={column}
              values={item.samples.map(({ cells }) => cells[at] ?? '')}
              onUse={(use) => set(withUse(columns, at, use))}
              onField={(field) => set(withField(columns, at, field))}
            />
          ))}
        </ul>
        {plan.isError && <FaultLine error={plan.error} />}
      </Card>
      <Card title={t('imports.plan')}>
        <Fields>
          <Radio.Group
            label={t('imports.existing')}
            value={item.existing}
            onChange={(value) => ask({ existing: value === 'skip' ? 'skip' : 'update' })}
          >
            <div className={classes.radios}>
              <Radio value="update" label={t('imports.update')} description={t('imports.updateHint')} />
              <Radio value="skip" label={t('imports.skip')} description={t('imports.skipHint')} />
            </div>
          </Radio.Group>
          <Groups item={item} onChange={(groups) => ask({ groups })} />
        </Fields>
      </Card>
    </>
  );
}

function columnsOf(
  sent: readonly { readonly use: Column['use']; readonly field?: string | null | undefined }[] | undefined,
  item: ImportItem,
): readonly Column[] | undefined {
  return sent?.map(({ use, field = null }, at) => ({ header: item.columns[at]?.header ?? '', use, field }));
}

interface ColumnLineProps {
  readonly column: Column;
  readonly values: readonly string[];
  readonly onUse: (use: Column['use']) => void;
  readonly onField: (name: string) => void;
}

function ColumnLine({ column, values, onUse, onField }: ColumnLineProps) {
  const t = useText();
  return (
    <li data-ignored={column.use === 'ignore'}>
      <div>
        <b>{column.header}</b>
        <span>
          {values
            .filter((value) => value !== '')
            .slice(0, 3)
            .join(' · ')}
        </span>
      </div>
      <NativeSelect
        size="sm"
        aria-label={t('imports.columnIs', { name: column.header })}
        value={column.use}
        data={columnUses.map((use) => ({ value: use, label: t(`imports.use.${use}`) }))}
        onChange={(event) => {
          const use = columnUses.find((each) => each === event.currentTarget.value);
          if (use !== undefined) onUse(use);
        }}
      />
      {column.use === 'field' ? (
        <FieldName key={column.field} name={column.field ?? ''} of={column.header} onField={onField} />
      ) : (
        <span />
      )}
    </li>
  );
}

interface FieldNameProps {
  readonly name: string;
  readonly of: string;
  readonly onField: (name: string) => void;
}

/** The name of a value in texts; kept when the writer leaves it. */
function FieldName({ name, of, onField }: FieldNameProps) {
  const t = useText();
  const [text, setText] = useState(name);
  const keep = () => {
    if (text.trim() !== name && text.trim() !== '') onField(text);
    else setText(name);
  };
  return (
    <TextInput
      size="sm"
      aria-label={t('imports.fieldOf', { name: of })}
      leftSection={<code>{'{'}</code>}
      rightSection={<code>{'}'}</code>}
      maxLength={64}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

function Groups({ item, onChange }: { readonly item: ImportItem; readonly onChange: (groups: number[]) => void }) {
  const t = useText();
  const [making, setMaking] = useState(false);
  const groups = useAsk('groups', { query: ofAccount(item.account) });
  const chosen = (groups.data?.items ?? []).filter(({ id }) => item.groups.includes(id));
  return (
    <div className={classes.groups}>
      <GroupPicker
        account={item.account}
        chosen={chosen}
        label={t('imports.groups')}
        onAdd={(id) => onChange([...item.groups, id])}
        onRemove={(id) => onChange(item.groups.filter((other) => other !== id))}
      />
      <Button variant="default" size="sm" onClick={() => setMaking(true)}>
        {t('groups.add')}
      </Button>
      <NewGroup
        open={making}
        account={item.account}
        onClose={() => setMaking(false)}
        onMade={(id) => onChange([...item.groups, id])}
      />
    </div>
  );
}
