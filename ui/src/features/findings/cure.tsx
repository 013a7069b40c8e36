import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type CureDto, commands, type FigureDto, type FindingDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatExact } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { Fault } from '../shell/fault.tsx';
import { goToCell } from '../shell/go-to.ts';
import { useDeal } from '../workspace/desk.tsx';

/** Opens the ways to make one finding go away. They are tried when they are asked for, not before. */
export function CureButton({ finding }: { finding: FindingDto }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('cure.open')}</Button>
      {isOpen ? <CureDialog finding={finding} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function CureDialog({ finding, onClose }: { finding: FindingDto; onClose: () => void }) {
  const { t, locale } = useText();
  const { view, take: run } = useDeal();
  const { code, path } = finding;
  const query = useQuery({
    queryKey: ['cures', view.deal, view.revision, code, path, locale],
    queryFn: () => take(commands.weighCures({ deal: view.deal, code, path, language: locale })),
  });
  const apply = async (cure: number) => {
    const { revision } = query.data ?? view;
    const done = await run(() => take(commands.applyCure({ deal: view.deal, revision, code, path, cure })));
    if (done.refusal === null) onClose();
  };
  const cures = query.data?.cures ?? [];
  return (
    <Dialog open onOpenChange={onClose} title={t('cure.title')} closeLabel={t('close')}>
      <p data-about={path || code}>{finding.message}</p>
      {query.error instanceof Refusal ? (
        <Fault fault={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton label={t('cure.trying')} rows={3} /> : null}
      {query.data && cures.length === 0 ? <p data-about={path || code}>{finding.remedy}</p> : null}
      <ul className="cures" aria-live="polite">
        {cures.map((cure, at) => (
          <li key={cure.steps.join()} className="cure">
            <Way cure={cure} about={path || code} onLeave={onClose} />
            {cure.asks.length === 0 ? (
              <Button look="primary" onClick={() => void apply(at)}>
                {t('cure.apply')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Way({ cure, about, onLeave }: { cure: CureDto; about: string; onLeave: () => void }) {
  const { t } = useText();
  const label = useAddressLabel();
  const navigate = useNavigate();
  return (
    <div data-about={about}>
      <ol className="cure-steps">
        {cure.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {cure.asks.map(({ path }) => (
        <p key={path} className="sub">
          {t('cure.asks')}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              onLeave();
              void goToCell(path, navigate);
            }}
          >
            {label(path)}
          </button>
        </p>
      ))}
      <Closing figures={cure.figures} />
      <Beside title={t('cure.settles', { count: cure.settles.length })} findings={cure.settles} />
      <Beside title={t('cure.raises', { count: cure.raises.length })} findings={cure.raises} />
    </div>
  );
}

const CLOSING = {
  sources_cash: 'closing.sources',
  uses_cash: 'closing.uses',
  difference: 'capital.difference',
} as const;

/** The closing after the cure. */
function Closing({ figures }: { figures: readonly FigureDto[] }) {
  const { t, locale } = useText();
  if (figures.length === 0) return null;
  return (
    <dl className="totals">
      {figures.map(({ address, value }) => {
        const word = Object.entries(CLOSING).find(([end]) => address.endsWith(`.${end}`))?.[1];
        if (!word || value.kind !== 'money') return null;
        return (
          <div key={address} className="total-item">
            <dt className="sub">{`${t(word)}, ${value.amount.currency}`}</dt>
            <dd className="num">
              <Figure address={address}>{formatExact(value.amount, locale)}</Figure>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Beside({ title, findings }: { title: string; findings: readonly FindingDto[] }) {
  if (findings.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul className="cure-beside">
        {findings.map((finding) => (
          <li key={`${finding.code}@${finding.path}`} data-about={finding.path || finding.code}>
            {finding.message}
          </li>
        ))}
      </ul>
    </details>
  );
}
