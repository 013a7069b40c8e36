import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type PlanTemplateDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { Names } from './names.ts';
import { missing, Parameters, suggested, type Values } from './parameters.tsx';
import { PlaceChoice, placesOf } from './place-choice.tsx';
import type { Plan } from './plan.ts';
import { Preview, usePreview } from './preview.tsx';

type Props = { plan: Plan; names: Names; after: string | null; onClose: () => void };

/** Usual orders and pieces, filled with the deal's parties and instruments, seen before they are taken. */
export function TemplateDialog({ plan, names, after, onClose }: Props) {
  const { t, language } = useText();
  const { view } = useDeal();
  const query = useQuery({
    queryKey: ['plan-templates', view.deal, view.revision, language],
    queryFn: () => take(commands.listPlanTemplates({ deal: view.deal, language })),
    placeholderData: (before) => before,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const templates = query.data?.templates ?? [];
  const template = templates.find((one) => one.template === chosen) ?? templates[0];
  return (
    <Dialog open onOpenChange={onClose} title={t('tpl.title')} note={t('tpl.note')} closeLabel={t('close')}>
      <div className="terms tpl">
        {query.error instanceof Refusal ? (
          <Fault fault={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <Skeleton label={t('pages.loading')} rows={6} /> : null}
        {template ? (
          <>
            <Choices templates={templates} chosen={template.template} onChoose={setChosen} />
            <Chosen
              key={template.template}
              template={template}
              plan={plan}
              names={names}
              after={after}
              onClose={onClose}
            />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

type ChoicesProps = {
  templates: readonly PlanTemplateDto[];
  chosen: string;
  onChoose: (template: string) => void;
};

function Choices({ templates, chosen, onChoose }: ChoicesProps) {
  const { t } = useText();
  return (
    <div className="tpl-choices">
      {(['order', 'piece'] as const).map((kind) => (
        <fieldset key={kind}>
          <legend className="sub strong">{t(kind === 'order' ? 'tpl.orders' : 'tpl.pieces')}</legend>
          {templates
            .filter((one) => one.kind === kind)
            .map((one) => (
              <label key={one.template} className="tpl-choice">
                <input
                  type="radio"
                  name="plan-template"
                  checked={one.template === chosen}
                  onChange={() => onChoose(one.template)}
                />
                <span>{one.name}</span>
              </label>
            ))}
        </fieldset>
      ))}
    </div>
  );
}

function Chosen({ template, plan, names, after, onClose }: Props & { template: PlanTemplateDto }) {
  const { t, language } = useText();
  const { take: run } = useDeal();
  const [typed, setTyped] = useState<Values>({});
  const [cleared, setCleared] = useState<ReadonlySet<string>>(new Set());
  const values: Values = Object.fromEntries(
    Object.entries({ ...suggested(template.parameters), ...typed }).filter(([name]) => !cleared.has(name)),
  );
  const places = placesOf(plan, after, names, t);
  const [place, setPlace] = useState(template.kind === 'order' ? 'replace' : (places[0]?.value ?? 'replace'));
  const to = places.find((one) => one.value === place)?.to ?? null;
  const isReady = missing(template.parameters, values).length === 0;
  const preview = usePreview(isReady ? { kind: 'template', template: template.template, values, to } : null);
  const put = (parameter: string, value: string | null) => {
    setCleared((before) => {
      const next = new Set(before);
      if (value === null) next.add(parameter);
      else next.delete(parameter);
      return next;
    });
    if (value !== null) setTyped((before) => ({ ...before, [parameter]: value }));
  };
  const insert = async () => {
    const { refusal } = await run((view) => {
      if (!view) return Promise.reject(new Refusal('NOT_FOUND', ''));
      const { deal, revision } = view;
      const request = { deal, revision, template: template.template, values: { ...values }, to, language };
      return take(commands.insertPlanTemplate(request));
    });
    if (!refusal) onClose();
  };
  return (
    <div className="tpl-chosen">
      <p className="sub">{template.note}</p>
      <Parameters parameters={template.parameters} values={values} names={names} onPut={put} />
      <PlaceChoice places={places} value={place} onPut={setPlace} />
      <Preview preview={preview.data} fault={preview.error} before={plan} names={names} />
      <div className="dialog-actions">
        <Button look="primary" disabled={!isReady || preview.isError} onClick={() => void insert()}>
          {t(to === null && (plan.tiers ?? []).length > 0 ? 'tpl.replace' : 'tpl.insert')}
        </Button>
      </div>
    </div>
  );
}
