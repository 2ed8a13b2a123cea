import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import classes from './carriers.module.css';
import { choiceIcons, choices, isChoice } from './choices.ts';
import { NewModem } from './new-modem.tsx';
import { NewRemote } from './new-remote.tsx';

/** Adds a carrier: what it is comes first, then what that needs. */
export function NewCarrier({ choice }: { readonly choice: string | undefined }) {
  const t = useText();
  if (!isChoice(choice)) return <Choices />;
  return (
    <Page
      title={t(`carriers.choice.${choice}`)}
      text={t(`carriers.choiceHelp.${choice}`)}
      width="form"
      back={{ to: pathTo('carriers', 'new'), name: t('carriers.add') }}
    >
      {choice === 'modem' ? <NewModem /> : <NewRemote key={choice} choice={choice} />}
    </Page>
  );
}

function Choices() {
  const t = useText();
  return (
    <Page
      title={t('carriers.add')}
      text={t('carriers.addText')}
      width="form"
      back={{ to: pathTo('carriers'), name: t('nav.carriers') }}
    >
      <ul className={classes.choices}>
        {choices.map((choice) => (
          <li key={choice}>
            <span className={classes.choiceIcon}>
              <Icon name={choiceIcons[choice]} size={20} />
            </span>
            <h2>
              <Link to={pathTo('carriers', 'new', choice)}>{t(`carriers.choice.${choice}`)}</Link>
            </h2>
            <p>{t(`carriers.choiceHelp.${choice}`)}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
