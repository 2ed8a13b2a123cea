import { createContext, use, useCallback, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import classes from './toast.module.css';

interface Toast {
  readonly id: number;
  readonly text: string;
}

/** Milliseconds that a word stays. */
const stay = 5000;
const most = 3;

const ToastContext = createContext<((text: string) => void) | null>(null);

/** Room for short words on what has just been done; read out, and gone by themselves. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const t = useText();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const say = useCallback(
    (text: string) => setToasts((now) => [...now, { id: (now.at(-1)?.id ?? 0) + 1, text }].slice(-most)),
    [],
  );
  return (
    <ToastContext value={say}>
      {children}
      <div className={classes.place} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <Shown key={toast.id} toast={toast} onEnd={drop} close={t('action.close')} />
        ))}
      </div>
    </ToastContext>
  );
}

interface ShownProps {
  readonly toast: Toast;
  readonly onEnd: (id: number) => void;
  readonly close: string;
}

function Shown({ toast, onEnd, close }: ShownProps) {
  useEffect(() => {
    const timer = setTimeout(() => onEnd(toast.id), stay);
    return () => clearTimeout(timer);
  }, [toast.id, onEnd]);
  return (
    <div className={classes.toast} data-tone="green">
      <Icon name="tick" />
      <span>{toast.text}</span>
      <IconButton icon="cross" label={close} onClick={() => onEnd(toast.id)} />
    </div>
  );
}

/** Says a short word on what has just been done. */
export function useToast(): (text: string) => void {
  const say = use(ToastContext);
  if (say === null) throw new Error('useToast is called outside ToastProvider');
  return say;
}
