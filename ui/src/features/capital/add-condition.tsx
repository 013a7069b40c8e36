import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { isDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';
import { conditionsOf } from './gates.ts';

/** A condition of an instrument in a few words, with the day it is expected on where one is known. */
export function AddCondition() {
  const { t } = useText();
  const { document, add } = useDeal();
  const instruments = document.instruments ?? [];
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  const instrument = instruments.find(({ id }) => id === chosen) ?? instruments[0];
  if (!instrument) return null;
  if (!isOpen) {
    return (
      <Button icon="plus" className="gates-add" onClick={() => setOpen(true)}>
        {t('gates.add')}
      </Button>
    );
  }
  const wrong = day !== '' && !isDate(day) ? t('field.date.invalid') : null;
  const submit = async () => {
    if (text.trim() === '' || wrong) return;
    const used = conditionsOf(instrument).map(({ id }) => id);
    const element = {
      id: freeId(text, used),
      text: text.trim(),
      met: false,
      ...(day === '' ? {} : { by: { after: { date: day } } }),
    };
    const outcome = await add(`instruments[${instrument.id}].conditions_precedent`, element);
    if (outcome.refusal) return;
    setText('');
    setDay('');
  };
  return (
    <div
      role="group"
      aria-label={t('gates.add')}
      className="add-row"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void submit();
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <Select
        label={t('capital.instrument')}
        value={instrument.id}
        onChange={setChosen}
        options={instruments.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        label={t('gates.condition')}
        value={text}
        onChange={setText}
        placeholder={t('gates.example')}
      />
      <Field label={t('gates.by')} error={wrong}>
        {(aria) => (
          <input
            {...aria}
            className="input"
            inputMode="numeric"
            placeholder={document.as_of}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <Button className="add-button" onClick={() => void submit()}>
        {t('gates.add')}
      </Button>
    </div>
  );
}
