import type { ActualSourceDto } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';

const RESTS = ['keep_forecast', 'shift', 'drop', 'scale_to_estimate'] as const;

/** What stands of the estimate after the last covered day. */
export function RestChoice({ source }: { source: ActualSourceDto }) {
  const { t } = useText();
  const { document, edit, add } = useDeal();
  const choose = (rest: string) => {
    if (source.rest_id) return void edit(`actuals.rests[${source.rest_id}].rest`, rest);
    const used = (document.actuals?.rests ?? []).map((one) => one.id);
    return void add('actuals.rests', { id: freeId(source.source, used), source: source.source, rest });
  };
  return (
    <label className="actuals-rest">
      <span>{t('actuals.rest')}</span>
      <select className="input" value={source.rest} onChange={(event) => choose(event.target.value)}>
        {RESTS.map((rest) => (
          <option key={rest} value={rest}>
            {t(`actuals.rest.${rest}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
