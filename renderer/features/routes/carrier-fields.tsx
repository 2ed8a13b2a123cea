import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { moved } from '../../ui/moved.ts';
import { FieldFault } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import type { DraftTarget } from './route-draft.ts';
import type { RouteFormState } from './route-fields.tsx';
import classes from './routes.module.css';

/** Who carries what the route is about: in order, or by shares. */
export function CarrierFields({ form }: { readonly form: RouteFormState }) {
  const t = useText();
  const { mode, carriers } = form.values;
  const set = (next: readonly DraftTarget[]) => form.set('carriers', next);
  return (
    <Fields>
      <Radio.Group
        label={t('routes.mode')}
        value={mode}
        onChange={(value) => form.set('mode', value === 'share' ? 'share' : 'order')}
      >
        <Fields>
          <Radio value="order" label={t('routes.mode.order')} description={t('routes.modeHelp.order')} />
          <Radio value="share" label={t('routes.mode.share')} description={t('routes.modeHelp.share')} />
        </Fields>
      </Radio.Group>
      {carriers.length > 0 && (
        <ol className={classes.targets} aria-label={t('routes.carriers')}>
          {carriers.map((target, index) => (
            <Target
              key={target.carrierId}
              target={target}
              place={index}
              count={carriers.length}
              shares={mode === 'share'}
              onMove={(to) => set(moved(carriers, index, to))}
              onWeight={(weight) => set(carriers.with(index, { ...target, weight }))}
              onRemove={() => set(carriers.toSpliced(index, 1))}
            />
          ))}
        </ol>
      )}
      <AddCarrier chosen={carriers} onAdd={(target) => set([...carriers, target])} />
      {form.faults['carriers'] !== undefined && <FieldFault>{form.faults['carriers']}</FieldFault>}
    </Fields>
  );
}

interface TargetProps {
  readonly target: DraftTarget;
  readonly place: number;
  readonly count: number;
  readonly shares: boolean;
  readonly onMove: (to: number) => void;
  readonly onWeight: (weight: string) => void;
  readonly onRemove: () => void;
}

function Target({ target, place, count, shares, onMove, onWeight, onRemove }: TargetProps) {
  const t = useText();
  const { name, weight } = target;
  return (
    <li className={classes.target}>
      {!shares && <span className={classes.place}>{place + 1}.</span>}
      <span className={classes.targetName}>{name}</span>
      {shares ? (
        <TextInput
          aria-label={t('routes.weight', { name })}
          title={t('routes.weight', { name })}
          className={classes.weight}
          size="sm"
          inputMode="numeric"
          maxLength={4}
          value={weight}
          onChange={(event) => onWeight(event.currentTarget.value)}
        />
      ) : (
        <>
          <IconButton
            icon="up"
            label={t('order.up', { name })}
            disabled={place === 0}
            onClick={() => onMove(place - 1)}
          />
          <IconButton
            icon="down"
            label={t('order.down', { name })}
            disabled={place === count - 1}
            onClick={() => onMove(place + 1)}
          />
        </>
      )}
      <IconButton icon="cross" label={t('routes.takeOut', { name })} onClick={onRemove} />
    </li>
  );
}

function AddCarrier({
  chosen,
  onAdd,
}: {
  readonly chosen: readonly DraftTarget[];
  readonly onAdd: (target: DraftTarget) => void;
}) {
  const t = useText();
  const carriers = useAsk('carriers', {});
  const free = (carriers.data?.items ?? []).filter(({ id }) => !chosen.some(({ carrierId }) => carrierId === id));
  if (free.length === 0) return null;
  return (
    <NativeSelect
      aria-label={t('routes.addCarrier')}
      value=""
      data={[
        { value: '', label: t('routes.addCarrier') },
        ...free.map(({ id, name, enabled }) => ({
          value: String(id),
          label: enabled ? name : `${name} (${t('carrier.disabled')})`,
        })),
      ]}
      onChange={(event) => {
        const found = free.find(({ id }) => String(id) === event.currentTarget.value);
        if (found !== undefined) onAdd({ carrierId: found.id, name: found.name, weight: '1' });
      }}
    />
  );
}
