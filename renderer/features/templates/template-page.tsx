import { Button } from '@mantine/core';
import { useState } from 'react';
import type { TemplateItem } from '../../../server/contract/admin-templates.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { PanelMissing, PanelSkeleton } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { SavedTemplate } from './template-form.tsx';
import { TemplatePreview } from './template-preview.tsx';
import classes from './templates.module.css';

/** One template: changed, used, copied, removed. */
export function TemplatePage({ id }: { readonly id: string }) {
  const t = useText();
  const mayChange = useMay('operator');
  const known = /^[1-9]\d{0,14}$/u.test(id);
  const template = useAsk('template', { params: { id: known ? Number(id) : 0 } }, { enabled: known });
  const item = template.data;
  const back = { to: pathTo('templates'), name: t('nav.templates') };
  if (item === undefined) {
    return (
      <Page title={t('nav.templates')} back={back}>
        {known && template.isPending ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('templates.missing')} text={t('panel.notFound.text')} />
        )}
      </Page>
    );
  }
  return (
    <Page title={item.name} back={back} actions={mayChange && <Acts item={item} />}>
      {mayChange ? <SavedTemplate item={item} /> : <Shown item={item} />}
    </Page>
  );
}

function Acts({ item }: { readonly item: TemplateItem }) {
  const t = useText();
  const say = useToast();
  const [removing, setRemoving] = useState(false);
  const remove = useAct('templateRemove', ['templates', 'template']);
  const account = encodeURIComponent(item.account);
  const { id, name } = item;
  return (
    <>
      <Button variant="default" onClick={() => setRemoving(true)}>
        {t('templates.remove')}
      </Button>
      <Button component={Link} variant="default" to={`${pathTo('templates', 'new')}?from=${id}`}>
        {t('templates.copy')}
      </Button>
      {item.purposes.includes('marketing') && (
        <Button component={Link} to={`${pathTo('compose')}?template=${id}&account=${account}`}>
          {t('templates.use')}
        </Button>
      )}
      <Confirm
        open={removing}
        title={t('templates.removeTitle', { name })}
        action={t('templates.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setRemoving(false)}
        onConfirm={() =>
          remove.mutate(
            { params: { id } },
            {
              onSuccess: () => {
                say(t('templates.removed', { name }));
                navigate(pathTo('templates'), { force: true });
              },
            },
          )
        }
      >
        <p>{t('templates.removeText')}</p>
      </Confirm>
    </>
  );
}

/** For readers who may not change it. */
function Shown({ item }: { readonly item: TemplateItem }) {
  const t = useText();
  return (
    <div className={classes.page}>
      <Facts>
        <Fact name={t('compose.text')} copy={item.text}>
          <span className={classes.whole}>{item.text}</span>
        </Fact>
        <Fact name={t('senders.purposes')}>
          {item.purposes.map((purpose) => t(`senders.purpose.${purpose}`)).join(' · ')}
        </Fact>
        <Fact name={t('contacts.updated')}>
          <FullTime iso={item.updatedAt} />
        </Fact>
      </Facts>
      <TemplatePreview text={item.text} />
    </div>
  );
}
