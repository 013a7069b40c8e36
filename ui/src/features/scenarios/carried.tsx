import type { ScenarioDto, ScenarioInstrumentDto } from '../../api/bindings.ts';
import { Badge, Swatch } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useToast } from '../../components/toast.tsx';
import { kindOfInstrument } from '../../domain/kinds.ts';
import { formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { cellsOf } from './adopt.ts';
import { Shares } from './shares.tsx';
import type { Scenario } from './types.ts';

type Props = {
  scenario: Scenario;
  made: ScenarioDto;
  /** The revision it was made of. */
  revision: number | null;
};

/** What a chosen deal is made of: what became of the wish, its instruments, and the way to take it over. */
export function Carried({ scenario, made, revision }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <div className="scenario-carried">
      <Tile title={t('scenarios.shares', { name: scenario.name })} note={t('scenarios.shares.note')}>
        <Shares scenario={scenario} currency={document.currency} />
      </Tile>
      <Tile
        title={t('scenarios.instruments', { count: made.instruments.length })}
        note={t('scenarios.instruments.note', { name: scenario.name })}
        tools={<Adopt scenario={scenario} made={made} revision={revision} />}
      >
        <Instruments instruments={made.instruments} currency={document.currency} />
      </Tile>
    </div>
  );
}

/** The deal becomes this one: a single revision that one step back takes away again. */
function Adopt({ scenario, made, revision }: Props) {
  const { t } = useText();
  const { document, view, editAll, undo } = useDeal();
  const notify = useToast();
  const cells = cellsOf(document as unknown as Readonly<Record<string, CellValue>>, made.changes);
  const adopt = async () => {
    const { refusal } = await editAll(cells);
    if (!refusal)
      notify(t('scenarios.adopted', { name: scenario.name }), { label: t('top.undo'), run: undo });
  };
  return (
    <Button
      look="primary"
      disabled={revision !== view.revision || cells.length === 0}
      onClick={() => void adopt()}
    >
      {t('scenarios.adopt')}
    </Button>
  );
}

type InstrumentsProps = { instruments: readonly ScenarioInstrumentDto[]; currency: string };

function Instruments({ instruments, currency }: InstrumentsProps) {
  const { t, locale } = useText();
  return (
    <TableRegion label={t('scenarios.instruments.table')}>
      <thead>
        <tr>
          <th scope="col">{t('scenarios.instrument')}</th>
          <th scope="col" className="num">
            {currency}
          </th>
          <th scope="col">{t('scenarios.instrument.from')}</th>
        </tr>
      </thead>
      <tbody>
        {instruments.map(({ id, name, kind, principal, of_deal: isOfDeal }) => (
          <tr key={id}>
            <td className="text">
              <span className="legend-item">
                <Swatch kind={kindOfInstrument(kind)} />
                {name}
              </span>
            </td>
            <td className="num">
              <Figure address={principal.address}>
                {principal.value.kind === 'money' ? formatWhole(principal.value.amount, locale) : t('na')}
              </Figure>
            </td>
            <td>
              {isOfDeal ? (
                <span className="sub">{t('scenarios.instrument.of_deal')}</span>
              ) : (
                <Badge look="note">{t('scenarios.instrument.new')}</Badge>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}
