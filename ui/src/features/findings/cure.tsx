import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type CureDto, commands, type FigureDto, type FindingDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatExact } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { type Cell, useDeal } from '../workspace/desk.tsx';
import { Asked } from './asked.tsx';

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
  const apply = async (cure: number, answers: readonly Cell[]) => {
    const { revision } = query.data ?? view;
    const request = { deal: view.deal, revision, code, path, cure, answers: [...answers] };
    const done = await run(() => take(commands.applyCure(request)));
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
          <Way
            key={cure.steps.join()}
            cure={cure}
            about={path || code}
            onApply={(answers) => void apply(at, answers)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

type WayProps = { cure: CureDto; about: string; onApply: (answers: readonly Cell[]) => void };

/** One cure: what is done, what only the person can say, and what comes of it. */
function Way({ cure, about, onApply }: WayProps) {
  const { t } = useText();
  const [answers, setAnswers] = useState<readonly Cell[]>([]);
  const answer = (cell: Cell) =>
    setAnswers((before) => [...before.filter(({ path }) => path !== cell.path), cell]);
  return (
    <li className="cure">
      <div data-about={about}>
        <ol className="cure-steps">
          {cure.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {cure.asks.map((ask) => (
          <Asked
            key={ask.path}
            ask={ask}
            value={answers.find(({ path }) => path === ask.path)?.value}
            onAnswer={(value) => answer({ path: ask.path, value })}
          />
        ))}
        <Closing figures={cure.figures} />
        <Beside title={t('cure.settles', { count: cure.settles.length })} findings={cure.settles} />
        <Beside title={t('cure.raises', { count: cure.raises.length })} findings={cure.raises} />
      </div>
      <Button look="primary" disabled={answers.length < cure.asks.length} onClick={() => onApply(answers)}>
        {t('cure.apply')}
      </Button>
    </li>
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
