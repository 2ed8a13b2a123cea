import type { PreviewNote, PreviewSample } from '../../server/contract/admin-messages.ts';
import { fullTime, phoneNumber, wholeNumber } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { FaultLine } from '../ui/notice.tsx';
import { Bubble, Phone } from '../ui/phone-bubble.tsx';
import type { Outlook } from './outlook.ts';
import classes from './preview-pane.module.css';

interface PreviewPaneProps {
  readonly outlook: Outlook | null;
  readonly error: Error | null;
  /** What is typed, for the bubble before the box has answered. */
  readonly text: string;
}

/** What will be on the phones, what it costs, and what may not be as it was meant. */
export function PreviewPane({ outlook, error, text }: PreviewPaneProps) {
  const t = useText();
  const samples: readonly PreviewSample[] =
    outlook === null || outlook.samples.length === 0
      ? [{ msisdn: '', parts: text === '' ? [] : [text] }]
      : outlook.samples;
  return (
    <section className={classes.pane} aria-labelledby="preview-title">
      <h2 id="preview-title">{t('preview.title')}</h2>
      <Phone>
        {samples.map(({ msisdn, parts }) => (
          <Bubble key={msisdn} head={msisdn === '' ? undefined : phoneNumber(msisdn)} parts={parts} />
        ))}
      </Phone>
      {error !== null && <FaultLine error={error} />}
      {error === null && outlook !== null && <Costs outlook={outlook} />}
      {error === null && outlook !== null && <Notes outlook={outlook} />}
    </section>
  );
}

function Costs({ outlook }: { readonly outlook: Outlook }) {
  const { language, t } = useLanguage();
  const count = (value: number) => wholeNumber(value, language);
  const atMost = (value: number) => (outlook.exact ? count(value) : t('preview.atMost', { count: value }));
  const short = outlook.credits > outlook.balance;
  return (
    <dl className={classes.costs} aria-live="polite">
      <div>
        <dt>{t('messages.column.recipients')}</dt>
        <dd>{atMost(outlook.sendTo)}</dd>
      </div>
      <div>
        <dt>{t('preview.parts')}</dt>
        <dd>{count(outlook.segments)}</dd>
      </div>
      <div className={classes.sum}>
        <dt>{t('panel.credits')}</dt>
        <dd>{atMost(outlook.credits)}</dd>
      </div>
      <div data-tone={short ? 'red' : undefined} className={classes.balance}>
        <dt>{t('preview.balance')}</dt>
        <dd>{count(outlook.balance)}</dd>
      </div>
      {outlook.scheduledTime !== null && (
        <div>
          <dt>{t('preview.at')}</dt>
          <dd>{fullTime(outlook.scheduledTime, language)}</dd>
        </div>
      )}
    </dl>
  );
}

function Notes({ outlook }: { readonly outlook: Outlook }) {
  const t = useText();
  const { invalid, blocked, repeated, skipped } = outlook;
  // Lines of a file that have no number are told by where they stand.
  const numbers = outlook.invalidSample
    .slice(0, 5)
    .map((one) => (one.startsWith('#') ? t('preview.line', { line: one.slice(1) }) : one))
    .join(', ');
  return (
    <ul className={classes.notes} aria-label={t('preview.notes')}>
      {invalid > 0 && <Note tone="red">{t('preview.invalid', { count: invalid, numbers })}</Note>}
      {blocked > 0 && <Note tone="orange">{t('preview.blocked', { count: blocked })}</Note>}
      {skipped > 0 && <Note tone="orange">{t('preview.skipped', { count: skipped })}</Note>}
      {repeated > 0 && <Note tone="blue">{t('preview.repeated', { count: repeated })}</Note>}
      {!outlook.exact && <Note tone="blue">{t('preview.estimate')}</Note>}
      {outlook.notes.map((note) => (
        <Note key={note.kind} tone={note.kind === 'modem' ? 'blue' : 'orange'}>
          <NoteText note={note} />
        </Note>
      ))}
    </ul>
  );
}

function Note({ tone, children }: { readonly tone: 'red' | 'orange' | 'blue'; readonly children: React.ReactNode }) {
  return (
    <li data-tone={tone}>
      <Icon name={tone === 'blue' ? 'info' : 'alert'} />
      <span>{children}</span>
    </li>
  );
}

function NoteText({ note }: { readonly note: PreviewNote }) {
  const t = useText();
  switch (note.kind) {
    case 'unicode':
      return t('preview.note.unicode', { characters: `${note.characters.join(' ')}${note.more ? ' …' : ''}` });
    case 'long':
      return t('preview.note.long', { count: note.segments });
    case 'link':
      return t('preview.note.link');
    case 'modem':
      return t('preview.note.modem', { name: note.origin });
    default:
      return note satisfies never;
  }
}
