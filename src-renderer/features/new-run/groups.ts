import type { Group, SettingName } from '../../../src-main/contract/config.ts';
import { SETTINGS, type Setting } from '../../../src-main/contract/settings.ts';

/** Groups of settings in the order of the form. Task and method have places of their own, before them all. */
export const SECTIONS: readonly { readonly groups: readonly Group[]; readonly title: string; readonly folds: boolean }[] = [
  { groups: ['problem', 'model'], title: 'Problem and network', folds: false },
  { groups: ['reasoning'], title: 'Reasoning', folds: false },
  { groups: ['training'], title: 'Training', folds: false },
  { groups: ['replay'], title: 'Replay buffer', folds: true },
  { groups: ['extras'], title: 'Extras', folds: true },
  { groups: ['recording'], title: 'Recording', folds: true },
];

const APART: readonly SettingName[] = ['task', 'method', 'seed'];

export const settingsOf = (groups: readonly Group[]): readonly Setting[] => SETTINGS.filter((setting) => groups.includes(setting.group) && !APART.includes(setting.name));
