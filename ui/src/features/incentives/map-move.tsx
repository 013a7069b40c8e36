import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatChange } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { useDeal, useDesk } from '../workspace/desk.tsx';
import { usePlaceLines } from './map-view.ts';
import { moneyOf } from './view.ts';

/** Moves one budget line as one edit, says what was done and takes it back on demand. */
export function useMoveLine() {
  const { take: run, undo } = useDesk();
  const { document } = useDeal();
  const { t } = useText();
  const words = useWords();
  const notify = useToast();
  return async (line: string, jurisdiction: string) => {
    const { view } = await run((view) =>
      take(commands.moveLine({ deal: view?.deal ?? '', revision: view?.revision ?? 0, line, jurisdiction })),
    );
    if (!view) return;
    const label = document.budget?.lines?.find((one) => one.id === line)?.label ?? line;
    const action = { label: t('map.undo'), run: undo };
    notify(t('map.moved', { line: label, place: words.place(jurisdiction) }), action);
  };
}

/** Which line would gain how much there, and the move itself. */
export function MoveThere({ place }: { place: string }) {
  const { t } = useText();
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="move-there">
      {isAsked ? <h4 className="place-sub">{t('map.move')}</h4> : null}
      <p className={isAsked ? 'sub' : 'sub place-sub'}>{t('map.move.note')}</p>
      {isAsked ? (
        <Chooser place={place} />
      ) : (
        <Button icon="arrow" onClick={() => setAsked(true)}>
          {t('map.move')}
        </Button>
      )}
    </div>
  );
}

function Chooser({ place }: { place: string }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const { data, isPending, fault, retry } = usePlaceLines(place);
  const move = useMoveLine();
  const [chosen, setChosen] = useState<string | null>(null);
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending || data === null) return <Skeleton label={t('pages.loading')} rows={2} />;
  const line = data.lines.find((one) => one.line === chosen) ?? data.lines[0];
  if (!line) return <p className="sub">{t('map.move.none')}</p>;
  const labelOf = (id: string) => document.budget?.lines?.find((one) => one.id === id)?.label ?? id;
  const gain = moneyOf(line.gain);
  return (
    <div className="move-chooser">
      <Select
        label={t('map.move.line')}
        value={line.line}
        options={data.lines.map((one) => ({ value: one.line, label: labelOf(one.line) }))}
        onChange={setChosen}
      />
      {gain ? (
        <p className="move-gain">
          {t('map.move.gain')} <Figure address={line.gain.address}>{formatChange(gain, locale)}</Figure>
          {line.claims.length > 0 ? (
            <span className="sub move-claims">
              {t('map.move.claims', { programs: line.claims.join(', ') })}
            </span>
          ) : null}
        </p>
      ) : null}
      <Button look="primary" onClick={() => void move(line.line, place)}>
        {t('map.move.do')}
      </Button>
    </div>
  );
}
