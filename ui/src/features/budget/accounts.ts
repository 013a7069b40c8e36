/** Groups of a top sheet, in its order: who the work hangs on, who makes it, what finishes it, and the rest. */
export const ACCOUNT_GROUPS = ['above', 'making', 'post', 'general'] as const;
export type AccountGroup = (typeof ACCOUNT_GROUPS)[number];

const GROUPS: Readonly<Record<string, AccountGroup>> = {
  development: 'above',
  story_and_rights: 'above',
  producers: 'above',
  director: 'above',
  voice_talent: 'above',
  visual_development: 'making',
  storyboard: 'making',
  layout: 'making',
  modelling_rigging: 'making',
  animation: 'making',
  backgrounds: 'making',
  lighting_compositing: 'making',
  facilities: 'making',
  music: 'post',
  sound: 'post',
  picture_post: 'post',
};

export function groupOf(account: string): AccountGroup {
  return GROUPS[account] ?? 'general';
}
