import { Command } from 'commander';
import { PRESETS } from '../../contract/config.ts';
import { SETTINGS, type Setting } from '../../contract/settings.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

export const settings = () =>
  new Command('settings')
    .summary('list every setting of a run with its default, range and meaning')
    .description('Lists every setting that --set takes, with its default, what is allowed and what it means, and the presets.')
    .action((_: object, command: Command) => {
      const { output } = sessionOf(command);
      output.result(SETTINGS, () => `${settingsTable()}\n\n${presetsTable()}`);
    });

const settingsTable = (): string =>
  table(
    [{ title: 'Setting' }, { title: 'Group' }, { title: 'Default', align: 'right' }, { title: 'Allowed' }, { title: 'Meaning' }],
    SETTINGS.map((setting) => [setting.name, setting.group, setting.default === '' ? 'none' : String(setting.default), allowed(setting), `${setting.meaning}${setting.unit ? ` [${setting.unit}]` : ''}`]),
  );

function allowed({ type, choices, min, max }: Setting): string {
  if (choices) return choices.join(', ');
  if (type === 'boolean') return 'true, false';
  if (type === 'string') return 'text';
  return `${min} … ${max}${type === 'integer' ? ', whole' : ''}`;
}

const presetsTable = (): string =>
  table(
    [{ title: 'Preset' }, { title: 'Meaning' }, { title: 'Changes' }],
    Object.entries(PRESETS).map(([name, { meaning, settings: changes }]) => [name, meaning, Object.entries(changes).map(([key, value]) => `${key}=${value}`).join('\n') || 'none: the defaults']),
  );
