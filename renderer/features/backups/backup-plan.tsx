import { Button, Switch, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { SettingItem } from '../../../server/contract/admin-tenancy.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';

interface BackupPlanProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** When backups are made by themselves, and how many of those are kept. */
export function BackupPlan({ open, onClose }: BackupPlanProps) {
  const t = useText();
  const settings = useAsk('settings', {}, { enabled: open });
  const items = settings.data?.items;
  return (
    <Dialog open={open && items !== undefined} title={t('backups.plan.title')} onClose={onClose}>
      {items !== undefined && <PlanForm items={items} onClose={onClose} />}
    </Dialog>
  );
}

function PlanForm({ items, onClose }: { readonly items: readonly SettingItem[]; readonly onClose: () => void }) {
  const t = useText();
  const say = useToast();
  const set = useAct('settingSet', ['settings', 'backups']);
  const valueOf = (name: string) => items.find((item) => item.name === name)?.value;
  const saved = {
    daily: valueOf('backups.daily') === true,
    at: String(valueOf('backups.at')),
    keep: String(valueOf('backups.keep')),
  };
  const form = useForm(saved);
  async function save(): Promise<void> {
    const { daily, at, keep } = form.values;
    const changes: readonly [string, unknown][] = [
      ...(daily === saved.daily ? [] : [['backups.daily', daily] as const]),
      ...(at.trim() === saved.at ? [] : [['backups.at', at.trim()] as const]),
      ...(keep.trim() === saved.keep ? [] : [['backups.keep', Number(keep)] as const]),
    ].map(([name, value]) => [name, value]);
    for (const [name, value] of changes) await set.mutateAsync({ params: { name }, body: { value } });
    say(t('form.saved'));
    onClose();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const { at, keep } = form.values;
    const good = form.check({
      at: /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(at.trim()) ? null : t('backups.plan.badTime'),
      keep: /^[1-9]\d{0,2}$/u.test(keep.trim()) && Number(keep) <= 365 ? null : t('backups.plan.badKeep'),
    });
    // What failed is told below the fields.
    if (good) save().catch(() => undefined);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fields>
        <Switch
          label={t('backups.plan.daily')}
          checked={form.values.daily}
          onChange={(event) => form.set('daily', event.currentTarget.checked)}
        />
        <TextInput
          label={t('backups.plan.at')}
          description={t('backups.plan.atHint')}
          type="time"
          {...form.field('at')}
        />
        <TextInput
          label={t('backups.plan.keep')}
          description={t('backups.plan.keepHint')}
          inputMode="numeric"
          maxLength={3}
          {...form.field('keep')}
        />
        {set.isError && <FaultLine error={set.error} />}
        <Actions>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={set.isPending}>
            {t('form.save')}
          </Button>
        </Actions>
      </Fields>
    </form>
  );
}
