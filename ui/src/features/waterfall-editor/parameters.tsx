import type { PlanParameterDto } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import { ChoiceCell } from '../capital/terms/fields.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { amountText, type Names, shareText } from './names.ts';
import { PartyCell } from './party-cell.tsx';
import { ShareCell } from './share-cell.tsx';

export type Values = Readonly<Record<string, string>>;

/** What the deal suggests, where it does. */
export function suggested(parameters: readonly PlanParameterDto[]): Values {
  return Object.fromEntries(
    parameters.flatMap((one) => (one.value === null ? [] : [[one.parameter, one.value]])),
  );
}

/** What is needed and not said yet. */
export function missing(parameters: readonly PlanParameterDto[], values: Values): string[] {
  return parameters
    .filter((one) => !one.optional && one.kind !== 'instruments' && !values[one.parameter])
    .map((one) => one.parameter);
}

type Props = {
  parameters: readonly PlanParameterDto[];
  values: Values;
  names: Names;
  onPut: (parameter: string, value: string | null) => void;
};

/** What a template asks for, filled in as far as the deal knows, each usual value with where it was read. */
export function Parameters({ parameters, values, names, onPut }: Props) {
  return (
    <div className="parameters">
      {parameters.map((one) => (
        <div key={one.parameter} className="parameter">
          <ParameterField
            parameter={one}
            value={values[one.parameter]}
            names={names}
            onPut={(value) => onPut(one.parameter, value)}
          />
          <ParameterNote parameter={one} value={values[one.parameter]} names={names} />
        </div>
      ))}
    </div>
  );
}

type FieldProps = {
  parameter: PlanParameterDto;
  value: string | undefined;
  names: Names;
  onPut: (value: string | null) => void;
};

function ParameterField({ parameter, value, names, onPut }: FieldProps) {
  const { t } = useText();
  const { document } = useDeal();
  const unsaid = t(parameter.optional ? 'tpl.leave' : 'tpl.choose');
  // An amount of another film is called by what it is there.
  const name = parameter.kind === 'amount' ? amountText(parameter.name, names.locale) : parameter.name;
  switch (parameter.kind) {
    case 'party':
      return <PartyCell label={name} value={value} unsaid={unsaid} onPut={(party) => onPut(party || null)} />;
    case 'rate':
      return <ShareCell label={name} value={value} onPut={onPut} />;
    case 'amount':
      return <AmountCell label={name} value={value} currency={document.currency} onPut={onPut} />;
    case 'instruments':
      return (
        <div className="field">
          <span className="field-label">{name}</span>
          <span className="sub">
            {parameter.choices.length > 0
              ? parameter.choices.map(names.instrument).join(', ')
              : t('tpl.none')}
          </span>
        </div>
      );
    default: {
      const called = parameter.kind === 'source' ? names.source : names.instrument;
      return (
        <ChoiceCell
          label={name}
          value={value}
          unsaid={unsaid}
          onPut={onPut}
          choices={parameter.choices.map((id) => ({ value: id, label: called(id) }))}
        />
      );
    }
  }
}

function ParameterNote({ parameter, value, names }: Omit<FieldProps, 'onPut'>) {
  const { t } = useText();
  const { low, high, source, kind } = parameter;
  const shown = (text: string) =>
    kind === 'rate' ? shareText(text, names.locale) : amountText(text, names.locale);
  const isGuess = parameter.ambiguous && value === parameter.value;
  return (
    <p className="sub parameter-note" data-about={parameter.parameter}>
      {low !== null && high !== null ? t('tpl.range', { low: shown(low), high: shown(high) }) : null}
      {low !== null && !source ? `, ${t('tpl.estimate')}` : null}
      {source ? (
        <>
          {' '}
          <a href={source} target="_blank" rel="noreferrer">
            {t('tpl.source')}
          </a>
        </>
      ) : null}
      {isGuess ? t('tpl.ambiguous') : null}
    </p>
  );
}
