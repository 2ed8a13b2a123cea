import type { BackupState } from '../../../server/contract/admin-backups.ts';
import { useText } from '../../i18n/language-context.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Hint } from '../../ui/notice.tsx';
import classes from './backups.module.css';
import { restoreCommand } from './restore-command.ts';

interface HowToRestoreProps {
  readonly open: boolean;
  readonly state: BackupState | undefined;
  readonly onClose: () => void;
}

/** The steps of putting a backup back, with the command for the newest one, and what has to be kept for it. */
export function HowToRestore({ open, state, onClose }: HowToRestoreProps) {
  const t = useText();
  return (
    <Dialog open={open && state !== undefined} title={t('backups.restore.title')} onClose={onClose} wide>
      {state !== undefined && (
        <div className={classes.how}>
          <ol>
            <li>{t('backups.restore.stop')}</li>
            <li>
              {t('backups.restore.run')}
              <CodeBlock
                label={t('backups.restore.command')}
                code={restoreCommand(state, state.items[0]?.name ?? 'box-….db')}
              />
            </li>
            <li>{t('backups.restore.start')}</li>
          </ol>
          <Hint tone="orange">
            {state.keyFile === null ? t('backups.keyDesktop') : t('backups.key', { file: state.keyFile })}
          </Hint>
          <Hint tone="blue">{t('backups.elsewhere', { folder: state.folder })}</Hint>
        </div>
      )}
    </Dialog>
  );
}
