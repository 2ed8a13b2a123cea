import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { segmentText } from '../../../server/contract/text-rules.ts';
import type { InboxItem } from '../../../server/contract/admin-inbox.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Answers a received text. */
export function Reply({ item }: { readonly item: InboxItem }) {
  const t = useText();
  const say = useToast();
  const reply = useAct('inboxReply', ['inbox', 'inboxText', 'messages']);
  const [text, setText] = useState('');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === '') return;
    reply.mutate(
      { params: { uuid: item.uuid }, body: { text } },
      {
        onSuccess: () => {
          setText('');
          say(t('inbox.replied'));
        },
      },
    );
  }
  return (
    <Section title={t('inbox.reply')}>
      <LeaveGuard when={text !== ''} />
      <form onSubmit={submit}>
        <Fields>
          <Textarea
            aria-label={t('inbox.reply')}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={20_000}
            value={text}
            description={text === '' ? undefined : t('messages.parts', { count: segmentText(text).parts.length })}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {reply.isError && <FaultLine error={reply.error} />}
          <Actions>
            <Button type="submit" loading={reply.isPending} disabled={text.trim() === ''}>
              {t('inbox.send')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Section>
  );
}
