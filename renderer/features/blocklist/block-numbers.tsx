import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';

interface BlockNumbersProps {
  readonly open: boolean;
  readonly account: string | null;
  readonly onClose: () => void;
}

/** Puts numbers on the list, as many as are pasted. */
export function BlockNumbers({ open, account, onClose }: BlockNumbersProps) {
  const t = useText();
  const say = useToast();
  const add = useAct('blocklistAdd', ['blocklist']);
  const [text, setText] = useState('');
  const numbers = text.split(/[\n,;\t]+/u).flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (numbers.length === 0) return;
    add.mutate(
      { body: { numbers, ...(account === null ? {} : { account }) } },
      {
        onSuccess: (answer) => {
          if (answer.invalidCount > 0) {
            setText(answer.invalid.join('\n'));
            return;
          }
          say(t('blocklist.added', { count: answer.added }));
          setText('');
          add.reset();
          onClose();
        },
      },
    );
  }

  const wrong = add.data?.invalidCount ?? 0;
  return (
    <Dialog open={open} title={t('blocklist.add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Fields>
          <Textarea
            label={t('blocklist.numbers')}
            description={t('blocklist.numbersHint')}
            placeholder={'0812345678\n0898765432'}
            autosize
            minRows={4}
            maxRows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={
              wrong > 0 && text !== ''
                ? t('blocklist.invalid', { count: wrong, added: add.data?.added ?? 0 })
                : undefined
            }
          />
          {add.isError && <FaultLine error={add.error} />}
          <Actions>
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={numbers.length === 0}>
              {t('blocklist.block', { count: numbers.length })}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Dialog>
  );
}
