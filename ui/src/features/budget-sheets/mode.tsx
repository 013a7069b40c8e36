import { Segmented } from '../../components/segmented.tsx';
import { useText } from '../../i18n/index.tsx';

const MODES = ['replace', 'append', 'update_by_account'] as const;
export type Mode = (typeof MODES)[number];

/** What becomes of the lines that are there, and what that means. */
export function ModeChoice({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const { t } = useText();
  return (
    <div className="import-mode">
      <span className="field-label">{t('sheets.mode')}</span>
      <Segmented
        label={t('sheets.mode')}
        value={mode}
        options={MODES.map((value) => ({ value, label: t(`sheets.mode.${value}`) }))}
        onChange={onMode}
      />
      <p className="sub">{t(`sheets.mode.${mode}.note`)}</p>
    </div>
  );
}
