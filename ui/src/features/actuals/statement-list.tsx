import type { ReactNode } from 'react';
import type { ActualStatementDto, ActualsView } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { ComparedCells } from './told.tsx';

type Props = { actuals: ActualsView; tools: ReactNode; onChange: (id: string) => void };

/** Every statement that came in, with what it came to; a draft waits to be accepted. */
export function StatementList({ actuals, tools, onChange }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <Tile
      title={t('actuals.statements')}
      note={t('actuals.statements.note', { currency: document.currency })}
      tools={tools}
      edge
    >
      <TableRegion label={t('actuals.table.statements')}>
        <thead>
          <tr>
            <th scope="col">{t('actuals.period')}</th>
            <th scope="col">{t('actuals.form.sender')}</th>
            <th scope="col">{t('actuals.form.received')}</th>
            <th scope="col" className="num">
              {t('actuals.received')}
            </th>
            <th scope="col" className="num">
              {t('actuals.expected')}
            </th>
            <th scope="col" className="num">
              {t('actuals.variance')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {actuals.statements.map((one) => (
            <Row key={one.statement} statement={one} onChange={() => onChange(one.statement)} />
          ))}
        </tbody>
      </TableRegion>
    </Tile>
  );
}

function Row({ statement, onChange }: { statement: ActualStatementDto; onChange: () => void }) {
  const { t, locale } = useText();
  const { document, edit, undo } = useDeal();
  const notify = useToast();
  const path = `actuals.statements[${statement.statement}]`;
  const days = t('actuals.days', {
    from: formatDate(statement.from, locale),
    to: formatDate(statement.to, locale),
  });
  const sender = document.parties?.find((party) => party.id === statement.sender);
  const remove = async () => {
    const { refusal } = await edit(path, null);
    if (!refusal) notify(t('actuals.removed', { days }), { label: t('undo'), run: undo });
  };
  return (
    <tr>
      <td className="text">
        {days}
        {statement.accepted ? null : (
          <>
            {' '}
            <Badge look="question">{t('actuals.draft')}</Badge>
          </>
        )}
        {statement.document ? <span className="sub actuals-days">{statement.document}</span> : null}
      </td>
      <td>{sender?.name ?? statement.sender ?? <span className="sub">{t('na')}</span>}</td>
      <td>
        {statement.received ? (
          formatDate(statement.received, locale)
        ) : (
          <span className="sub">{t('actuals.undated')}</span>
        )}
      </td>
      <ComparedCells compared={statement.compared} />
      <td>
        <span className="actuals-row-tools">
          {statement.accepted ? null : (
            <Button look="plain" onClick={() => void edit(`${path}.standing`, 'accepted')}>
              {t('actuals.accept')}
            </Button>
          )}
          <IconButton icon="pen" label={t('actuals.change', { days })} onClick={onChange} />
          <IconButton icon="trash" label={t('actuals.remove', { days })} onClick={() => void remove()} />
        </span>
      </td>
    </tr>
  );
}
