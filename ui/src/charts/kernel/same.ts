/**
 * Whether two values read the same, all the way down. A chart is laid out again only for data that differ: its page is
 * rendered at every change of the deal, and most changes leave most charts as they were.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((part, at) => isSame(part, other[at]));
  }
  if (Object.getPrototypeOf(one) !== Object.prototype || Object.getPrototypeOf(other) !== Object.prototype)
    return false;
  const [mine, its] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = Object.keys(mine);
  return (
    names.length === Object.keys(its).length &&
    names.every((name) => name in its && isSame(mine[name], its[name]))
  );
}
