import { Button } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';

interface NewFormFootProps {
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
}

/** What went wrong with a new carrier, the way back, and the way on. */
export function NewFormFoot({ action, busy, error }: NewFormFootProps) {
  const t = useText();
  return (
    <>
      {error !== null && <FaultLine error={error} />}
      <Actions>
        <Button variant="default" onClick={() => navigate(pathTo('carriers'))}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {action}
        </Button>
      </Actions>
    </>
  );
}
