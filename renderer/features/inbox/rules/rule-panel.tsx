import { Button } from '@mantine/core';
import { useState } from 'react';
import type { KeywordItem } from '../../../../server/contract/admin-keywords.ts';
import { useAct } from '../../../api/ask.ts';
import { useMay } from '../../../api/session.ts';
import { useText } from '../../../i18n/language-context.tsx';
import { navigate } from '../../../router/history.ts';
import { Actions, Confirm } from '../../../ui/dialog.tsx';
import { PanelMissing, PanelSkeleton, SidePanel } from '../../../ui/side-panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { RuleForm } from './rule-form.tsx';
import { actWords, fitWords } from './rule-words.ts';
import classes from './rules.module.css';

interface RulePanelProps {
  readonly rule: KeywordItem | undefined;
  readonly carrierName: (id: number) => string;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One keyword rule: what it says, and for administrators its form. */
export function RulePanel({ rule, carrierName, waiting, closed }: RulePanelProps) {
  const t = useText();
  const mayChange = useMay('admin');
  return (
    <SidePanel label={t('inbox.rule')} closed={closed} head={rule !== undefined && <h2>{rule.name}</h2>}>
      {rule === undefined ? (
        waiting ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('rules.missing')} text={t('panel.notFound.text')} />
        )
      ) : (
        <>
          <p className={classes.sentence}>
            {fitWords(rule, carrierName, t)} → {actWords(rule, t)}
          </p>
          {mayChange && <RuleForm rule={rule} closed={closed} />}
          {mayChange && <RemoveRule rule={rule} closed={closed} />}
        </>
      )}
    </SidePanel>
  );
}

function RemoveRule({ rule, closed }: { readonly rule: KeywordItem; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const remove = useAct('keywordRemove', ['keywords']);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Actions start>
        <Button variant="default" size="sm" onClick={() => setAsking(true)}>
          {t('rules.remove')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('routes.removeTitle', { name: rule.name })}
        action={t('rules.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(
            { params: { id: rule.id } },
            {
              onSuccess: () => {
                say(t('routes.removed', { name: rule.name }));
                navigate(closed, { force: true });
              },
            },
          )
        }
      >
        <p>{t('rules.removeText')}</p>
      </Confirm>
    </>
  );
}
