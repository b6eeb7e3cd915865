import os from 'node:os';
import { BasinError } from '../../contract/errors.ts';
import { versions } from '../../workbench/versions.ts';
import type { Context, Handlers } from '../context.ts';

export const appHandlers = ({ kind, workbench, shell, preferred, sessions }: Context): Handlers<'app.info' | 'app.prefer' | 'app.layout' | 'app.save' | 'app.reveal' | 'app.storage'> => ({
  'app.info': () => ({
    version: versions()['basin']!,
    host: kind,
    platform: process.platform,
    folder: workbench.folder,
    processors: os.availableParallelism(),
    preferences: preferred.now,
    layout: preferred.layout(),
  }),
  'app.prefer': (changes) => {
    const preferences = preferred.set(changes);
    workbench.concurrency = preferences.concurrency;
    for (const { outbox } of sessions) outbox.say('preferences.changed', { preferences });
    return { preferences };
  },
  'app.layout': ({ key, value }) => {
    preferred.setLayout(key, value);
    return {};
  },
  'app.save': async ({ filename, content }) => {
    const path = await shell.save?.(filename, content);
    return path === undefined ? { saved: false } : { saved: true, path };
  },
  'app.storage': async () => (await import('../../workbench/storage.ts')).measureStorage(workbench.store),
  'app.reveal': async () => {
    if (!shell.reveal) throw new BasinError('app.reveal', `Only the desktop window can show the data folder. It is ${workbench.folder}`, { details: { folder: workbench.folder } });
    await shell.reveal(workbench.folder);
    return {};
  },
});
