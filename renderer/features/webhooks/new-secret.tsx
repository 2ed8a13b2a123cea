import { Button } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { SignatureSamples } from './signature-samples.tsx';

interface NewSecretProps {
  readonly secret: string;
  readonly onKept: () => void;
}

/** A secret that was just made: the only time that it can be read, with what to do with it. */
export function NewSecret({ secret, onKept }: NewSecretProps) {
  const t = useText();
  return (
    <>
      <Fields>
        <Hint tone="orange">{t('webhooks.once')}</Hint>
        <CodeBlock label={t('webhooks.secret')} code={secret} />
      </Fields>
      <Section title={t('webhooks.check')}>
        <SignatureSamples />
      </Section>
      <Actions>
        <Button onClick={onKept}>{t('webhooks.kept')}</Button>
      </Actions>
    </>
  );
}
