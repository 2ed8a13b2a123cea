import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';

interface PinDialogProps {
  readonly item: CarrierItem;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Takes the PIN of a SIM; the box gives it to the SIM once. */
export function PinDialog({ item, open, onClose }: PinDialogProps) {
  const t = useText();
  return (
    <Dialog open={open} title={t('carriers.pinTitle', { name: item.name })} onClose={onClose}>
      <PinForm item={item} onClose={onClose} />
    </Dialog>
  );
}

function PinForm({ item, onClose }: Omit<PinDialogProps, 'open'>) {
  const t = useText();
  const say = useToast();
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const change = useAct('carrierChange', ['carriers', 'carrier', 'status', 'carrierConfiguration']);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!/^\d{4,8}$/u.test(pin)) {
      setFault(t('carriers.fault.pin'));
      return;
    }
    change.mutate(
      { params: { id: item.id }, body: { kind: 'modem', pin } },
      {
        onSuccess: () => {
          say(t('carriers.pinTaken'));
          onClose();
        },
      },
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Fields>
        <p>{t('carriers.pinText')}</p>
        <PasswordInput
          label={t('carriers.field.pin')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          value={pin}
          error={fault}
          onChange={(event) => {
            setPin(event.currentTarget.value);
            setFault(null);
          }}
        />
        {change.isError && <FaultLine error={change.error} />}
        <Actions>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('carriers.enterPin')}
          </Button>
        </Actions>
      </Fields>
    </form>
  );
}
