import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands } from '../../../api/bindings.ts';
import { take } from '../../../api/errors.ts';
import { Button } from '../../../components/button.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Page } from '../../shell/page.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import { useDesk } from '../../workspace/desk.tsx';
import { CURRENCIES, STEPS } from '../terms.ts';
import { Progress, stepName } from './page.tsx';

/** The beginning of a project: with a name and a currency it exists, and everything after is saved as it is typed. */
export function NewProjectPage() {
  const { t } = useText();
  const desk = useDesk();
  const navigate = useNavigate();
  const told = useFaultText();
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [wrong, setWrong] = useState<{ path: string; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    const request = { name, currency: currency.trim().toUpperCase() };
    const { refusal } = await desk.take(() => take(commands.startProject(request)), false);
    setBusy(false);
    if (refusal) setWrong({ path: refusal.details.path ?? 'name', text: told(refusal) });
    else await navigate({ to: '/setup/$step', params: { step: '1' } });
  };
  return (
    <Page
      crumb={t('setup.crumb')}
      headline={t('setup.start')}
      actions={<Button onClick={() => void navigate({ to: '/projects' })}>{t('cancel')}</Button>}
    >
      <Progress step={1} />
      <form
        className="setup"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void start();
        }}
      >
        <h2 className="setup-title">{t('setup.step', { step: 1, steps: STEPS, name: stepName(t, 1) })}</h2>
        <p className="setup-note">{t('setup.start.note')}</p>
        <div className="setup-fields">
          <TextInput
            label={t('setup.title')}
            value={name}
            onChange={setName}
            error={wrong?.path === 'name' ? wrong.text : null}
          />
          <Field
            label={t('setup.currency')}
            hint={t('setup.currency.hint')}
            error={wrong?.path === 'currency' ? wrong.text : null}
          >
            {(aria) => (
              <>
                <input
                  {...aria}
                  className="input"
                  list="currencies"
                  maxLength={3}
                  value={currency}
                  onFocus={(event) => event.target.select()}
                  onChange={(event) => setCurrency(event.target.value)}
                />
                <datalist id="currencies">
                  {CURRENCIES.map((code) => (
                    <option key={code} value={code} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
        <div className="setup-feet">
          <span />
          <button type="submit" className="button button-primary" disabled={isBusy}>
            {t('setup.create')}
          </button>
        </div>
      </form>
    </Page>
  );
}
