import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { SettingItem } from '../../../server/contract/admin-tenancy.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { TimeZoneField } from '../../ui/time-zone-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { editorOf, textOfValue, valueOf } from './setting-form.ts';
import type { Editor } from './setting-form.ts';
import classes from './settings.module.css';
import { HoursField } from './special-fields.tsx';

/** One setting: what it does, what it is, what it usually is. A choice is saved at once, what is typed by a press. */
export function SettingRow({ item }: { readonly item: SettingItem }) {
  const t = useText();
  const say = useToast();
  const id = useId();
  const editor = editorOf(item);
  const saved = textOfValue(item.value);
  const [text, setText] = useState(saved);
  const [wrong, setWrong] = useState(false);
  const set = useAct('settingSet', ['settings']);
  const mayChange = useMay('admin');

  function save(value: unknown): void {
    set.mutate({ params: { name: item.name }, body: { value } }, { onSuccess: () => say(t('form.saved')) });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const value = valueOf(text, editor);
    if (value === null) setWrong(true);
    else save(value);
  }
  function change(next: string): void {
    setText(next);
    setWrong(false);
    if (editor.kind === 'switch' || editor.kind === 'choice') save(valueOf(next, editor));
  }

  const isUsual = JSON.stringify(item.value) === JSON.stringify(item.usual);
  return (
    <li className={classes.row}>
      <LeaveGuard when={text !== saved && !set.isPending} />
      <form onSubmit={submit} noValidate>
        <div className={classes.words}>
          <label htmlFor={id}>{t.known(`setting.${item.name}`) ?? item.name}</label>
          <p>{t.known(`settingHelp.${item.name}`) ?? item.description}</p>
          {item.restart && <p>{t('settings.restart')}</p>}
        </div>
        <Field id={id} editor={editor} text={text} wrong={wrong} disabled={!mayChange} onChange={change} />
        {mayChange && text !== saved && editor.kind !== 'switch' && editor.kind !== 'choice' && (
          <div className={classes.buttons}>
            <Button type="submit" size="xs" loading={set.isPending}>
              {t('form.save')}
            </Button>
            <Button size="xs" variant="default" onClick={() => change(saved)}>
              {t('action.cancel')}
            </Button>
          </div>
        )}
        {set.isError && <FaultLine error={set.error} />}
        <Usual item={item} isUsual={isUsual} onUse={mayChange ? () => save(item.usual) : null} />
      </form>
    </li>
  );
}

interface FieldProps {
  readonly id: string;
  readonly editor: Editor;
  readonly text: string;
  readonly wrong: boolean;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
}

function Field({ id, editor, text, wrong, disabled, onChange }: FieldProps) {
  const { language, t } = useLanguage();
  switch (editor.kind) {
    case 'switch':
      return (
        <Switch
          id={id}
          disabled={disabled}
          checked={text === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          id={id}
          disabled={disabled}
          value={text}
          data={editor.options.map((value) => ({ value, label: t.known(`settingValue.${value}`) ?? value }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'list':
      return (
        <Textarea
          id={id}
          disabled={disabled}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          placeholder={t('settings.perLine')}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'timeZone':
      return <TimeZoneField id={id} text={text} disabled={disabled} onChange={onChange} />;
    case 'hours':
      return <HoursField id={id} text={text} disabled={disabled} onChange={onChange} />;
    case 'number':
    case 'text':
      return (
        <TextInput
          id={id}
          disabled={disabled}
          value={text}
          spellCheck={false}
          {...(editor.kind === 'number'
            ? { inputMode: 'numeric', maxLength: 12, classNames: { wrapper: classes['number'] ?? '' } }
            : {})}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={wrong && editor.kind === 'number' ? rangeText(editor, language, t) : undefined}
        />
      );
    default:
      return editor satisfies never;
  }
}

function rangeText(
  editor: Extract<Editor, { kind: 'number' }>,
  language: Parameters<typeof wholeNumber>[1],
  t: Translate,
): string {
  return t('settings.range', {
    least: wholeNumber(editor.least ?? 0, language),
    most: wholeNumber(editor.most ?? Number.MAX_SAFE_INTEGER, language),
  });
}

interface UsualProps {
  readonly item: SettingItem;
  readonly isUsual: boolean;
  readonly onUse: (() => void) | null;
}

function Usual({ item, isUsual, onUse }: UsualProps) {
  const { language, t } = useLanguage();
  return (
    <p className={classes.usual}>
      {t('settings.usually', { value: shown(item.usual, language, t) })}
      {!isUsual && onUse !== null && (
        <>
          {' · '}
          <button type="button" onClick={onUse}>
            {t('settings.useUsual')}
          </button>
        </>
      )}
    </p>
  );
}

function shown(value: unknown, language: Parameters<typeof wholeNumber>[1], t: Translate): string {
  if (typeof value === 'number') return wholeNumber(value, language);
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
  if (Array.isArray(value)) return value.length === 0 ? t('settings.none') : value.map(String).join(', ');
  if (value === '' || value === null || value === undefined) return t('settings.none');
  const text = textOfValue(value);
  return t.known(`settingValue.${text}`) ?? text;
}
