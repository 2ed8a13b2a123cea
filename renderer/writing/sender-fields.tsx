import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './draft.ts';
import type { Writing } from './use-draft.ts';
import classes from './writing.module.css';

/** From which account and under which name. */
export function SenderFields({ form, fixed = false }: { readonly form: Writing; readonly fixed?: boolean }) {
  const t = useText();
  const { draft, set, accounts, origins, ready } = form;
  return (
    <div className={classes.two}>
      {accounts.length > 1 && (
        <NativeSelect
          label={t('panel.account')}
          data={accounts}
          value={draft.account}
          disabled={fixed}
          // Groups, files and templates belong to an account.
          onChange={(event) => set({ account: event.currentTarget.value, groups: [], file: null, templateId: null })}
        />
      )}
      {ready && origins.length === 0 ? (
        <p className={classes.notice} data-tone="orange">
          <Icon name="alert" />
          <span>
            {t('compose.noSender')} <Link to={pathTo('senders')}>{t('compose.noSenderAction')}</Link>
          </span>
        </p>
      ) : (
        <NativeSelect
          label={t('panel.origin')}
          data={origins}
          value={draft.origin}
          onChange={(event) => set({ origin: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

interface FieldProps {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
}

/** Now, or at a time of this device. */
export function WhenField({ draft, onChange }: FieldProps) {
  const t = useText();
  const { when, at } = draft;
  return (
    <fieldset className={classes.when}>
      <legend>{t('compose.when')}</legend>
      <Radio name="when" label={t('compose.now')} checked={when === 'now'} onChange={() => onChange({ when: 'now' })} />
      <Radio
        name="when"
        label={t('compose.later')}
        checked={when === 'later'}
        onChange={() => onChange({ when: 'later', at: at === '' ? inAnHour() : at })}
      />
      {when === 'later' && (
        <input
          type="datetime-local"
          className={classes.time}
          aria-label={t('compose.time')}
          required
          value={at}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

/** Before or after what else waits. */
export function PriorityField({ draft, onChange }: FieldProps) {
  const t = useText();
  return (
    <NativeSelect
      label={t('compose.priority')}
      description={t('compose.priorityHint')}
      data={[
        { value: 'normal', label: t('compose.priority.normal') },
        { value: 'high', label: t('compose.priority.high') },
      ]}
      value={draft.priority}
      onChange={(event) => onChange({ priority: event.currentTarget.value === 'high' ? 'high' : 'normal' })}
    />
  );
}

/** What happens to somebody for whom a value of the text is missing. */
export function MissingField({ draft, onChange }: FieldProps) {
  const t = useText();
  return (
    <NativeSelect
      label={t('writing.missing')}
      description={t('writing.missingHint')}
      data={[
        { value: 'skip', label: t('writing.missing.skip') },
        { value: 'blank', label: t('writing.missing.blank') },
      ]}
      value={draft.missing}
      onChange={(event) => onChange({ missing: event.currentTarget.value === 'blank' ? 'blank' : 'skip' })}
    />
  );
}

/** What programs know it by; of messages only. */
export function ClientRefField({ draft, onChange }: FieldProps) {
  const t = useText();
  return (
    <TextInput
      label={t('panel.clientRef')}
      description={t('compose.clientRefHint')}
      maxLength={64}
      value={draft.clientRef}
      onChange={(event) => onChange({ clientRef: event.currentTarget.value })}
    />
  );
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The next full hour but one, as the browser's field writes it. */
function inAnHour(): string {
  const time = new Date(Date.now() + 3_600_000);
  time.setMinutes(0, 0, 0);
  time.setHours(time.getHours() + 1);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:00`;
}
