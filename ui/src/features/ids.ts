/** A stable id out of a name, free among those in use. */
export function freeId(name: string, used: readonly string[]): string {
  const base =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'item';
  let id = base;
  for (let number = 2; used.includes(id); number++) id = `${base}-${number}`;
  return id;
}
