import { expect, it } from 'vitest';
import { crumbsOf } from '../../../../src-renderer/shell/crumbs.ts';

const nameOf = (run: number) => (run === 3 ? 'addition-3' : undefined);
const words = (path: string, params = {}, query = {}, title = 'Runs') => crumbsOf({ path, params, query, title }, nameOf);

it.each([
  ['/runs', words('/runs'), [{ label: 'Runs' }]],
  ['a run', words('/runs/3', { id: '3' }), [{ label: 'Runs', to: '/runs' }, { label: 'addition-3' }]],
  ['a run that is not known (yet)', words('/runs/9', { id: '9' }), [{ label: 'Runs', to: '/runs' }, { label: 'Run 9' }]],
  ['the replay buffer of no run', words('/replay', { id: '' }, {}, 'Replay buffer'), [{ label: 'Replay buffer' }]],
  ['that of a run', words('/replay/3', { id: '3' }, {}, 'Replay buffer'), [{ label: 'Replay buffer', to: '/replay' }, { label: 'addition-3' }]],
  ['a fork', words('/new', {}, { fork: '3' }, 'New run'), [{ label: 'New run', to: '/new' }, { label: 'Fork of addition-3' }]],
  ['no fork', words('/new', {}, { fork: 'x' }, 'New run'), [{ label: 'New run' }]],
])('%s', (_place, crumbs, expected) => expect(crumbs).toEqual(expected));
