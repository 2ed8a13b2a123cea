import type { PreviewNote, PreviewSample } from '../../../server/contract/admin-messages.ts';
import { fullTime, phoneNumber, wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Bubble, Phone } from '../../ui/phone-bubble.tsx';
import classes from './preview-pane.module.css';
import type { PreviewAnswer } from './use-draft.ts';

interface PreviewPaneProps {
  readonly answer: PreviewAnswer | null;
  readonly error: Error | null;
  /** What is typed, for the bubble before the box has answered. */
  readonly text: string;
}

/** What will be on the phones, what it costs, and what may not be as it was meant. */
export function PreviewPane({ answer, error, text }: PreviewPaneProps) {
  const t = useText();
  const samples: readonly PreviewSample[] =
    answer === null || answer.samples.length === 0
      ? [{ msisdn: '', parts: text === '' ? [] : [text] }]
      : answer.samples;
  return (
    <section className={classes.pane} aria-labelledby="preview-title">
      <h2 id="preview-title">{t('preview.title')}</h2>
      <Phone>
        {samples.map(({ msisdn, parts }) => (
          <Bubble key={msisdn} head={msisdn === '' ? undefined : phoneNumber(msisdn)} parts={parts} />
        ))}
      </Phone>
      {error !== null && <FaultLine error={error} />}
      {error === null && answer !== null && <Costs answer={answer} />}
      {answer !== null && <Notes answer={answer} />}
    </section>
  );
}

function Costs({ answer }: { readonly answer: PreviewAnswer }) {
  const { language, t } = useLanguage();
  const count = (value: number) => wholeNumber(value, language);
  const sendTo = answer.totalMsisdn - answer.blockedCount - answer.invalidCount;
  const short = answer.totalCredit > answer.balance;
  return (
    <dl className={classes.costs} aria-live="polite">
      <div>
        <dt>{t('messages.column.recipients')}</dt>
        <dd>{count(sendTo)}</dd>
      </div>
      <div>
        <dt>{t('preview.parts')}</dt>
        <dd>{count(answer.segments)}</dd>
      </div>
      <div className={classes.sum}>
        <dt>{t('panel.credits')}</dt>
        <dd>{count(answer.totalCredit)}</dd>
      </div>
      <div data-tone={short ? 'red' : undefined} className={classes.balance}>
        <dt>{t('preview.balance')}</dt>
        <dd>{count(answer.balance)}</dd>
      </div>
      {answer.scheduledTime !== null && (
        <div>
          <dt>{t('preview.at')}</dt>
          <dd>{fullTime(answer.scheduledTime, language)}</dd>
        </div>
      )}
    </dl>
  );
}

function Notes({ answer }: { readonly answer: PreviewAnswer }) {
  const t = useText();
  const invalid = answer.invalid.slice(0, 5).join(', ');
  return (
    <ul className={classes.notes} aria-label={t('preview.notes')}>
      {answer.invalidCount > 0 && (
        <Note tone="red">{t('preview.invalid', { count: answer.invalidCount, numbers: invalid })}</Note>
      )}
      {answer.blockedCount > 0 && <Note tone="orange">{t('preview.blocked', { count: answer.blockedCount })}</Note>}
      {answer.notes.map((note) => (
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
