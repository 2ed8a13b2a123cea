import { Button } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section, SidePanel } from '../../ui/side-panel.tsx';
import { curlLine } from './curl-line.ts';

interface NewKeyProps {
  readonly apiKey: string;
  readonly account: string;
  readonly closed: string;
}

/** A key that was just made: the only time that it can be read, with a command that has it in it. */
export function NewKey({ apiKey, account, closed }: NewKeyProps) {
  const t = useText();
  const senders = useAsk('senders', {});
  const sender = senders.data?.items.find((item) => item.account === account && item.state === 'approved');
  return (
    <SidePanel label={t('keys.made')} head={<h2>{t('keys.made')}</h2>} closed={closed}>
      <Fields>
        <Hint tone="orange">{t('keys.once')}</Hint>
        <CodeBlock label={t('keys.key')} code={apiKey} />
      </Fields>
      <Section title={t('keys.try')}>
        <CodeBlock
          label={t('messages.empty.command')}
          code={curlLine(window.location.origin, apiKey, sender?.name ?? 'SEPSMS')}
        />
      </Section>
      <Actions>
        <Button onClick={() => navigate(closed)}>{t('keys.kept')}</Button>
      </Actions>
    </SidePanel>
  );
}
