import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useText } from '../../i18n/language-context.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import classes from './carriers.module.css';

/** The address at which the other side tells of deliveries; without a public address of the box, that of this page. */
function addressOf({ kind, facts }: CarrierItem): { readonly address: string; readonly isGuess: boolean } | null {
  const { callback } = facts;
  if (kind !== 'upstream' || typeof callback !== 'string') return null;
  const isGuess = callback.startsWith('/');
  return { address: isGuess ? `${window.location.origin}${callback}` : callback, isGuess };
}

/** Where the other side may tell of deliveries, for whoever registers it there; nothing for carriers that hear otherwise. */
export function Callback({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const found = addressOf(item);
  if (found === null) return null;
  return (
    <Card title={t('carriers.callback')}>
      <CallbackBody item={item} {...found} />
    </Card>
  );
}

/** The same in a panel. */
export function CallbackLine({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const found = addressOf(item);
  if (found === null) return null;
  return (
    <Section title={t('carriers.callback')}>
      <CallbackBody item={item} {...found} />
    </Section>
  );
}

function CallbackBody({
  item,
  address,
  isGuess,
}: {
  readonly item: CarrierItem;
  readonly address: string;
  readonly isGuess: boolean;
}) {
  const t = useText();
  const { callbackProblem } = item.facts;
  return (
    <Fields>
      <p className={classes.quiet}>{t(isGuess ? 'carriers.callbackGuess' : 'carriers.callbackText')}</p>
      <div className={classes.address}>
        <CodeBlock label={t('carriers.callback')} code={address} />
      </div>
      {typeof callbackProblem === 'string' && callbackProblem !== '' && <Hint tone="orange">{callbackProblem}</Hint>}
    </Fields>
  );
}
