import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type FigureDto, type LevelDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Swatch } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { kindOfParty } from '../../domain/kinds.ts';
import { formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { MoneyInput } from '../inputs.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDeal } from '../workspace/desk.tsx';

/** More columns than these are not read side by side. */
const MOST = 6;

/** What reaches whom if the film grosses more or less: one column a level, each of which can be typed over. */
export function Levels() {
  const { t } = useText();
  const { view } = useDeal();
  const [typed, setTyped] = useState<readonly Money[]>([]);
  const query = useQuery({
    queryKey: ['levels', view.deal, view.revision, typed],
    queryFn: () => take(commands.weighLevels({ deal: view.deal, gross: [...typed] })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const levels = query.data?.levels ?? [];
  const shown = levels.flatMap((level) => moneyOf(level.gross) ?? []);
  const change = (at: number, to: Money | null) =>
    setTyped(shown.flatMap((money, index) => (index !== at ? [money] : to ? [to] : [])));
  const refused = query.error instanceof Refusal ? query.error : null;
  if (refused && levels.length === 0) return <p className="sub">{t('levels.none')}</p>;
  return (
    <>
      {refused ? <Fault fault={refused} onRetry={() => setTyped([])} /> : null}
      {query.isPending ? <Skeleton label={t('pages.loading')} rows={6} /> : null}
      {levels.length > 0 ? <LevelTable levels={levels} shown={shown} onChange={change} /> : null}
      {levels.length > 0 ? (
        <div className="levels-actions">
          <Button disabled={shown.length >= MOST} onClick={() => setTyped([...shown, ...shown.slice(-1)])}>
            {t('levels.add')}
          </Button>
          {typed.length > 0 ? <Button onClick={() => setTyped([])}>{t('levels.reset')}</Button> : null}
        </div>
      ) : null}
    </>
  );
}

type TableProps = {
  levels: readonly LevelDto[];
  shown: readonly Money[];
  onChange: (at: number, to: Money | null) => void;
};

function LevelTable({ levels, shown, onChange }: TableProps) {
  const { t } = useText();
  const { document } = useDeal();
  const parties = levels[0]?.parties ?? [];
  return (
    <div className="scroll-x">
      <table className="table levels">
        <thead>
          <tr>
            <th scope="col">{t('levels.gross')}</th>
            {shown.map((money, at) => (
              <th key={at} scope="col" className="num">
                <div className="levels-head">
                  <MoneyInput
                    label={t('levels.gross.at', { number: at + 1 })}
                    value={money}
                    onCommit={(value) => onChange(at, value)}
                  />
                  {shown.length > 1 ? (
                    <IconButton
                      icon="close"
                      label={t('levels.remove', { number: at + 1 })}
                      onClick={() => onChange(at, null)}
                    />
                  ) : null}
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="text strong">{t('waterfall.account')}</td>
            {levels.map((level) => (
              <td key={level.account.address} className="num">
                <Told figure={level.account} />
              </td>
            ))}
          </tr>
          {parties.map(({ party }) => {
            const known = document.parties?.find((one) => one.id === party);
            return (
              <tr key={party}>
                <td className="text">
                  <span className="legend-item">
                    <Swatch kind={kindOfParty(known?.role)} />
                    {known?.name ?? party}
                  </span>
                </td>
                {levels.map((level, at) => (
                  <PartyCell key={at} level={level} party={party} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function PartyCell({ level, party }: { level: LevelDto; party: string }) {
  const { t } = useText();
  const found = level.parties.find((one) => one.party === party);
  if (!found) return <td className="num sub">{t('na')}</td>;
  const owed = moneyOf(found.outstanding);
  return (
    <td className="num">
      <Told figure={found.paid} />
      {owed && owed.minor > 0 ? (
        <span className="sub levels-owed">
          {t('levels.owed')} <Told figure={found.outstanding} />
        </span>
      ) : null}
    </td>
  );
}

function Told({ figure }: { figure: FigureDto }) {
  const { t, locale } = useText();
  const money = moneyOf(figure);
  if (!money) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatWhole(money, locale)}</Figure>;
}

function moneyOf(figure: FigureDto): Money | null {
  return figure.value.kind === 'money' ? figure.value.amount : null;
}
