import { Button, IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { Section } from '../capital/terms/section.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Choice } from './choice.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { conditionOf, isMeasurable, MEASURES, type Measure } from './measures.ts';
import type { Names } from './names.ts';
import type { Condition, Plan } from './plan.ts';
import type { SectionProps } from './section-props.ts';
import { conditionSentence } from './sentences.ts';

/** What must hold for a claim to take, nested as the contract nests it, each condition said as a clause. */
export function ConditionsSection({ plan, tier, path, put, names }: SectionProps) {
  const { t } = useText();
  const conditions = tier.takes.while ?? [];
  return (
    <Section title={t('tier_form.when')}>
      <div className="terms-rows plan-conditions">
        {conditions.length === 0 ? <p className="sub">{t('cond.none')}</p> : null}
        <ConditionList
          of={conditions}
          at={`${path}.takes.while`}
          plan={plan}
          names={names}
          onPut={(list) => put('takes.while', list.length > 0 ? list : null)}
        />
      </div>
    </Section>
  );
}

type ListProps = {
  of: readonly Condition[];
  /** The cell of the list. */
  at: string;
  plan: Plan;
  names: Names;
  onPut: (list: readonly Condition[]) => void;
};

function ConditionList({ of, at, plan, names, onPut }: ListProps) {
  const { t } = useText();
  const { document } = useDeal();
  const add = (measure: Measure) => onPut([...of, conditionOf(measure, undefined, document, plan)]);
  return (
    <>
      {of.map((condition, place) => (
        <ConditionRow
          // Conditions have no ids: they are told apart by where they stand.
          key={`${place}#${condition.measure}`}
          condition={condition}
          at={`${at}[${place}]`}
          plan={plan}
          names={names}
          onPut={(changed) => onPut(of.map((one, other) => (other === place ? changed : one)))}
          onRemove={() => onPut(of.filter((_, other) => other !== place))}
        />
      ))}
      <div className="row-wrap">
        <Button icon="plus" onClick={() => add('received')}>
          {t('cond.add')}
        </Button>
        <Button look="quiet" onClick={() => add('all')}>
          {t('cond.add.all')}
        </Button>
        <Button look="quiet" onClick={() => add('any')}>
          {t('cond.add.any')}
        </Button>
      </div>
    </>
  );
}

type RowProps = {
  condition: Condition;
  at: string;
  plan: Plan;
  names: Names;
  onPut: (condition: Condition) => void;
  onRemove: () => void;
};

function ConditionRow({ condition, at, plan, names, onPut, onRemove }: RowProps) {
  const { t } = useText();
  const { document } = useDeal();
  const { measure } = condition;
  const isNest = measure === 'all' || measure === 'any';
  const offered = MEASURES.filter((one) => one === measure || isMeasurable(one, document, plan));
  return (
    <div
      className={`plan-condition ${isNest ? 'plan-condition-nest' : ''}`}
      role="group"
      aria-label={t('cond.group')}
    >
      <p className="plan-condition-said" data-path={at}>
        {isNest ? t(`cond.${measure}`) : conditionSentence(condition, names)}
      </p>
      <div className="terms-fields">
        <Choice
          label={t('cond.measure')}
          value={measure}
          onPut={(chosen) => onPut(conditionOf(chosen as Measure, condition, document, plan))}
          choices={offered.map((one) => ({ value: one, label: t(`cond.measure.${one}`) }))}
        />
        {isNest ? null : <ConditionFields condition={condition} plan={plan} names={names} onPut={onPut} />}
      </div>
      {isNest ? (
        <ConditionList
          of={condition.of ?? []}
          at={`${at}.of`}
          plan={plan}
          names={names}
          onPut={(of) => onPut({ ...condition, of: [...of] })}
        />
      ) : null}
      <IconButton
        icon="trash"
        className="plan-condition-remove"
        label={t('cond.remove')}
        onClick={onRemove}
      />
    </div>
  );
}
