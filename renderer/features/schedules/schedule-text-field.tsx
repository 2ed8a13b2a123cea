import { useText } from '../../i18n/language-context.tsx';
import { Hint } from '../../ui/notice.tsx';
import type { Draft } from '../../writing/draft.ts';
import { TemplateField } from '../../writing/template-field.tsx';
import { TextField } from '../../writing/text-field.tsx';
import { useTextNames } from '../../writing/text-names.ts';
import classes from '../../writing/writing.module.css';

interface ScheduleTextFieldProps {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
}

/** A text of its own, or that of a template as it is each time. */
export function ScheduleTextField({ draft, onChange }: ScheduleTextFieldProps) {
  const t = useText();
  const names = useTextNames(draft);
  return (
    <div className={classes.fields}>
      <TemplateField
        account={draft.account}
        value={draft.templateId}
        label={t('schedules.template')}
        none={t('schedules.templateNone')}
        onTemplate={(template) => onChange({ templateId: template?.id ?? null })}
      />
      {draft.templateId === null ? (
        <TextField text={draft.text} names={names} onText={(text) => onChange({ text })} />
      ) : (
        <Hint tone="blue">{t('schedules.templateHint')}</Hint>
      )}
    </div>
  );
}
