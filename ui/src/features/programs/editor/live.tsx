import { useNavigate } from '@tanstack/react-router';
import type { ProgramFault, TriedProgram } from '../../../api/bindings.ts';
import { Icon } from '../../../components/icon.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Fault } from '../../shell/fault.tsx';
import { goToCell } from '../../shell/go-to.ts';
import { faultText } from '../fault-text.ts';
import { RunAnswer, RunConditions, RunLines } from '../run-lines.tsx';
import { TypedInputs } from '../typed-inputs.tsx';
import type { Trial } from './use-trial.ts';

type Props = {
  trial: Trial;
  /** The program as it was when the editing began, on the same values. */
  before: TriedProgram | null;
  /** The open deal's name, and whether its budget answers. */
  deal: { name: string; isUsed: boolean; onUse: (isUsed: boolean) => void } | null;
  typed: Readonly<Record<string, string>>;
  onType: (typed: Readonly<Record<string, string>>) => void;
  onFault: (fault: ProgramFault) => void;
};

/** What the program comes to as it stands, beside the form that is being changed. */
export function Live({ trial, before, deal, typed, onType, onFault }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const { tried, fault, last } = trial;
  const run = tried?.run ?? last;
  const isStale = run !== null && !tried?.run;
  return (
    <div className="stack live">
      <div className="section-head">
        <h2>{t('editor.live')}</h2>
        {deal ? (
          <Segmented
            label={t('editor.values')}
            value={deal.isUsed ? 'deal' : 'typed'}
            options={[
              { value: 'deal', label: deal.name },
              { value: 'typed', label: t('editor.values.typed') },
            ]}
            onChange={(value) => deal.onUse(value === 'deal')}
          />
        ) : null}
      </div>
      {fault ? <Fault fault={fault} /> : null}
      {tried ? <Faults faults={tried.faults} title={t('editor.faults')} onFault={onFault} /> : null}
      {run ? (
        <>
          {isStale ? <p className="sub">{t('editor.stale')}</p> : null}
          <RunAnswer run={run} before={before?.run ?? null} />
          <RunConditions conditions={run.conditions} />
          <RunLines run={run} before={before?.run ?? null} />
          <details className="live-inputs" open={deal === null || !deal.isUsed}>
            <summary>{t('editor.inputs')}</summary>
            <TypedInputs
              questions={run.inputs}
              currency={run.currency}
              typed={typed}
              onType={onType}
              onCell={(path) =>
                void goToCell(path, async ({ to }) => {
                  await navigate({ to });
                })
              }
            />
          </details>
        </>
      ) : tried || fault ? null : (
        <Skeleton label={t('pages.loading')} rows={7} />
      )}
      {tried && tried.advice.length > 0 ? (
        <details>
          <summary>{t('editor.advice', { count: tried.advice.length })}</summary>
          <Faults faults={tried.advice} title={t('editor.advice.list')} onFault={onFault} isAdvice />
        </details>
      ) : null}
    </div>
  );
}

/** What stands in the field, where it says more than a look at the field would. */
function short(given: string | null): string | null {
  return given !== null && given.length <= 40 ? given : null;
}

type FaultsProps = {
  faults: readonly ProgramFault[];
  title: string;
  isAdvice?: boolean;
  onFault: (fault: ProgramFault) => void;
};

/** What is wrong, each with its field; pressing one leads there. */
function Faults({ faults, title, isAdvice = false, onFault }: FaultsProps) {
  const { t, language } = useText();
  if (faults.length === 0) return null;
  return (
    <section className={isAdvice ? 'fault-list' : 'fault-list fault-list-wrong'} aria-label={title}>
      {isAdvice ? null : (
        <h3>
          <Icon name="blocker" size={14} /> {t('editor.faults.count', { count: faults.length })}
        </h3>
      )}
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.message}`}>
            <button type="button" className="fault-button" onClick={() => onFault(fault)}>
              <code className="mono">{fault.path || t('editor.whole')}</code>
              <span>
                {[
                  faultText(fault.message, language),
                  short(fault.given),
                  fault.limit ? t('editor.limit', { limit: fault.limit }) : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
