import { type GanttData, type GanttRange, ganttLayout } from '../../charts/gantt/layout.ts';
import { type GanttText, GanttView, type Moving } from '../../charts/gantt/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';

type Props = {
  data: GanttData;
  /** Held while something is dragged, so that the calendar does not run away under it. */
  range: GanttRange;
  title: string;
  twin: readonly (readonly string[])[];
  tell: (id: string) => GanttText;
  moving: Moving;
  width?: number;
};

/** Phases as bars and days as diamonds, with their twin as a table. */
export function GanttChart({ data, range, title, twin, tell, moving, width }: Props) {
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const interaction = useInteraction();
  return (
    <ChartFrame
      description={{
        title,
        summary: t('gantt.summary', { count: data.bars.length }),
        columns: [t('gantt.what'), t('gantt.from'), t('gantt.to')],
        rows: twin,
      }}
      subtitle={t('gantt.subtitle')}
      texts={{ ...texts, keys: t('gantt.keys') }}
      notify={notify}
      initialWidth={width ?? 1100}
      draw={(available) => {
        const geometry = ganttLayout(data, { width: available }, locale, range);
        return {
          height: geometry.height,
          content: (
            <GanttView
              geometry={geometry}
              tell={tell}
              moving={moving}
              interaction={interaction}
              todayText={t('gantt.today', { day: formatDate(data.today, locale) })}
            />
          ),
        };
      }}
    />
  );
}
