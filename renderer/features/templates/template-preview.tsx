import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { fillTemplate, placeholders, segmentText } from '../../../server/contract/text-rules.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Bubble, Phone } from '../../ui/phone-bubble.tsx';
import classes from './templates.module.css';

/** What a text is on a phone with some values; those that are missing stay as they are written. */
export function TemplatePreview({ text }: { readonly text: string }) {
  const { language, t } = useLanguage();
  const [samples, setSamples] = useState<Readonly<Record<string, string>>>({});
  const names = placeholders(text);
  const given = names.map((name): [string, string] => [name, samples[name] || `{${name}}`]);
  const filled = fillTemplate(text, Object.fromEntries(given));
  const shown = 'text' in filled ? filled.text : text;
  const { encoding, characters, parts } = segmentText(shown);
  return (
    <section className={classes.preview} aria-labelledby="preview-title">
      <h2 id="preview-title">{t('preview.title')}</h2>
      <Phone>
        <Bubble parts={shown === '' ? [] : parts} empty={t('templates.noText')} />
      </Phone>
      <Facts label={t('preview.title')}>
        <Fact name={t('templates.characters')}>{wholeNumber(characters, language)}</Fact>
        <Fact name={t('preview.parts')}>{wholeNumber(Math.max(1, parts.length), language)}</Fact>
        <Fact name={t('templates.encoding')}>
          {t(`compose.encoding.${encoding}`)} · {t(`compose.encodingHelp.${encoding}`)}
        </Fact>
      </Facts>
      <Samples names={names} samples={samples} onChange={(name, value) => setSamples({ ...samples, [name]: value })} />
    </section>
  );
}

interface SamplesProps {
  readonly names: readonly string[];
  readonly samples: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}

/** The names that a text asks for, each with a value to try. */
function Samples({ names, samples, onChange }: SamplesProps) {
  const t = useText();
  if (names.length === 0) return <p className={classes.quiet}>{t('templates.noVariables')}</p>;
  return (
    <div className={classes.samples} role="group" aria-labelledby="samples-title">
      <h3 id="samples-title">{t('templates.samples')}</h3>
      <p className={classes.quiet}>{t('templates.samplesHint')}</p>
      {names.map((name) => (
        <label key={name} className={classes.sample}>
          <code>{`{${name}}`}</code>
          <TextInput
            size="sm"
            maxLength={500}
            value={samples[name] ?? ''}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        </label>
      ))}
    </div>
  );
}
