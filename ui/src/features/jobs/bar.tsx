/** How far a job is, drawn; what is not known yet is drawn as nothing done. */
export function ProgressBar({ label, text, percent }: { label: string; text: string; percent: number }) {
  return (
    <span
      className="job-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
