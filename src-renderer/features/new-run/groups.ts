import type { Group, SettingName } from '../../../src-main/contract/config.ts';
import { SETTINGS, type Setting } from '../../../src-main/contract/settings.ts';

/** Groups in the order of the form. Task and method have places of their own, before them all. */
export const GROUPS: readonly { readonly group: Group; readonly title: string; readonly folds: boolean }[] = [
  { group: 'problem', title: 'Problem', folds: false },
  { group: 'model', title: 'Network', folds: false },
  { group: 'reasoning', title: 'Reasoning', folds: false },
  { group: 'training', title: 'Training', folds: false },
  { group: 'replay', title: 'Replay buffer', folds: true },
  { group: 'extras', title: 'Extras', folds: true },
  { group: 'recording', title: 'Recording', folds: true },
];

const APART: readonly SettingName[] = ['task', 'method', 'seed'];

export const settingsOf = (group: Group): readonly Setting[] => SETTINGS.filter((setting) => setting.group === group && !APART.includes(setting.name));
