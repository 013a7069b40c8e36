import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { commands } from '../../../api/bindings.ts';
import { take } from '../../../api/errors.ts';
import { Button } from '../../../components/button.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { FIRST_PAGE } from '../../shell/navigation.ts';
import { Page } from '../../shell/page.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { STEPS } from '../terms.ts';
import { BudgetStep } from './budget.tsx';
import { FilmStep } from './film.tsx';
import { MoneyStep } from './money.tsx';
import { PlacesStep } from './places.tsx';

const CONTENT = [FilmStep, BudgetStep, PlacesStep, MoneyStep] as const;

/** Setting up a project, step by step. Each field is a cell of the deal and saved as it is left. */
export function SetupPage() {
  const { t } = useText();
  const { view } = useDeal();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useToast();
  const told = useFaultText();
  const { step: asked } = useParams({ strict: false }) as { step?: string };
  const step = Math.min(Math.max(Number(asked) || 1, 1), STEPS);
  const Step = CONTENT[step - 1] ?? FilmStep;
  const { project } = view;

  useEffect(() => {
    if (project === null) return;
    take(commands.markStep({ project, step })).catch((fault) => notify(told(fault)));
    document.getElementById('setup-step')?.focus({ preventScroll: true });
  }, [project, step, notify, told]);

  const go = (to: number) => void navigate({ to: '/setup/$step', params: { step: String(to) } });
  const finish = async () => {
    if (project !== null) {
      try {
        await take(commands.markStep({ project, step: null }));
      } catch (fault) {
        notify(told(fault));
        return;
      }
      await client.invalidateQueries({ queryKey: ['projects'] });
    }
    await navigate({ to: FIRST_PAGE });
  };
  const leave = async () => {
    await client.invalidateQueries({ queryKey: ['projects'] });
    notify(t('setup.left', { name: view.name, step }));
    await navigate({ to: '/projects' });
  };

  return (
    <Page
      crumb={t('setup.crumb')}
      headline={t('setup.headline', { name: view.name, step: stepName(t, step) })}
      actions={<Button onClick={() => void leave()}>{t('setup.leave')}</Button>}
    >
      <Progress step={step} onGo={go} />
      <div className="setup" key={step}>
        <h2 id="setup-step" tabIndex={-1} className="setup-title">
          {t('setup.step', { step, steps: STEPS, name: stepName(t, step) })}
        </h2>
        <p className="setup-note">{t(`setup.note.${step}` as 'setup.note.1')}</p>
        <Step />
        <div className="setup-feet">
          <Button disabled={step === 1} onClick={() => go(step - 1)}>
            {t('setup.back')}
          </Button>
          <span className="sub">{project === null ? t('setup.memory') : t('setup.saved')}</span>
          {step < STEPS ? (
            <Button look="primary" icon="arrow" onClick={() => go(step + 1)}>
              {t('setup.next', { name: stepName(t, step + 1) })}
            </Button>
          ) : (
            <Button look="primary" icon="check" onClick={() => void finish()}>
              {t('setup.finish')}
            </Button>
          )}
        </div>
      </div>
    </Page>
  );
}

export function stepName(t: ReturnType<typeof useText>['t'], step: number): string {
  return t(`setup.name.${step}` as 'setup.name.1');
}

/** Which step this is; any other can be gone to at any time. */
export function Progress({ step, onGo }: { step: number; onGo?: (step: number) => void }) {
  const { t } = useText();
  return (
    <nav className="setup-progress" aria-label={t('setup.progress')}>
      <ol>
        {Array.from({ length: STEPS }, (_, at) => at + 1).map((number) => {
          const text = (
            <>
              <span className="setup-number">{number}</span>
              <span>{stepName(t, number)}</span>
            </>
          );
          const current = number === step ? ('step' as const) : undefined;
          return (
            <li key={number} data-done={number < step}>
              {onGo ? (
                <button type="button" aria-current={current} onClick={() => onGo(number)}>
                  {text}
                </button>
              ) : (
                <span aria-current={current}>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
