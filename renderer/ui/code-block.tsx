import { useId, useState } from 'react';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  readonly label: string;
  readonly code: string;
}

/** Something to paste into a program or a terminal, with a button that copies it. */
export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    <figure className={classes.block} aria-label={label}>
      {/* Long lines scroll sideways, also by keyboard. */}
      <pre tabIndex={0}>{code}</pre>
      <CopyButton value={code} what={label} />
    </figure>
  );
}

export interface Sample {
  readonly name: string;
  readonly code: string;
}

/** The same thing in several languages of programming. */
export function CodeTabs({ label, samples }: { readonly label: string; readonly samples: readonly Sample[] }) {
  const id = useId();
  const [at, setAt] = useState(0);
  const shown = samples[at] ?? samples[0];
  if (shown === undefined) return null;
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label={label}>
        {samples.map((sample, index) => (
          <button
            key={sample.name}
            type="button"
            role="tab"
            id={`${id}-${index}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setAt(index)}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              if (step === undefined) return;
              const next = (at + step + samples.length) % samples.length;
              setAt(next);
              document.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next}`)}`)?.focus();
            }}
          >
            {sample.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        <CodeBlock label={`${label}: ${shown.name}`} code={shown.code} />
      </div>
    </div>
  );
}
