import { IconButton } from '../../components/button.tsx';
import { moneyAt, type Ultimate } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { AmountField, ShareField } from './fields.tsx';
import { baseField } from './rows.ts';

/** Totals that are shared out: what is typed for a part is fixed, the others share what it leaves. */
export function Ultimates() {
  const { document } = useDeal();
  return (
    <div className="contracts">
      {(document.revenue?.ultimates ?? []).map((ultimate) => (
        <UltimateForm key={ultimate.id} ultimate={ultimate} />
      ))}
    </div>
  );
}

function UltimateForm({ ultimate }: { ultimate: Ultimate }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const path = `revenue.ultimates[${ultimate.id}]`;
  const name = ultimate.label ?? ultimate.id;
  return (
    <section className="contract" aria-label={name}>
      <div className="contract-head">
        <span className="contract-label">{name}</span>
        <IconButton
          icon="close"
          label={t('revenue.remove.ultimate', { name })}
          onClick={() => void edit(path, null)}
        />
      </div>
      <div className="terms-three">
        {(['low', 'base', 'high'] as const).map((field) => (
          <AmountField
            key={field}
            label={t(`revenue.ultimate.${field}`)}
            value={moneyAt(ultimate.estimate?.[field])}
            currency={document.currency}
            onCommit={(money) =>
              void edit(`${path}.estimate.${field}`, money ? writeDocumentMoney(money) : null)
            }
          />
        ))}
      </div>
      <Parts ultimate={ultimate} path={path} />
    </section>
  );
}

function Parts({ ultimate, path }: { ultimate: Ultimate; path: string }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const book = useBook();
  const sources = document.revenue?.sources ?? [];
  const parts = ultimate.parts ?? [];
  return (
    <div className="scroll-x">
      <table className="table parts">
        <caption className="visually-hidden">{t('revenue.ultimate.parts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('revenue.source')}</th>
            <th scope="col" className="num">
              {t('revenue.share')}
            </th>
            <th scope="col" className="num">
              {t('revenue.estimate')}
            </th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => {
            const source = sources.find(({ id }) => id === part.source);
            const typed = source !== undefined && source.estimate?.[baseField(source)] !== undefined;
            const address = typed
              ? `revenue.${part.source}.${baseField(source)}`
              : `revenue.${part.source}.estimate`;
            return (
              <tr key={part.id}>
                <th scope="row" className="text">
                  {source?.label ?? part.source}
                </th>
                <td className="num">
                  <ShareField
                    label={t('revenue.share.of', { name: source?.label ?? part.source })}
                    value={part.share}
                    onCommit={(share) => void edit(`${path}.parts[${part.id}].share`, share ?? '0')}
                  />
                </td>
                <td className="num">
                  <Amount book={book} address={address} />
                </td>
                <td>
                  {typed ? (
                    <button
                      type="button"
                      className="link"
                      onClick={() => void edit(`revenue.sources[${part.source}].estimate`, {} as CellValue)}
                    >
                      {t('revenue.ultimate.release')}
                    </button>
                  ) : (
                    <span className="sub">{t('revenue.ultimate.shared')}</span>
                  )}
                </td>
              </tr>
            );
          })}
          <tr>
            <th scope="row" className="text">
              {t('revenue.ultimate.total')}
            </th>
            <td />
            <td className="num">
              <Amount book={book} address={`ultimate.${ultimate.id}.total`} />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </div>
  );
}
