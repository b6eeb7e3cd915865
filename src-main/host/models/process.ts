import { openStoreReadonly } from '../../../db/open.ts';
import { toErrorData } from '../../contract/errors.ts';
import { connectOwner } from '../../programs/owner.ts';
import { answers } from './answers.ts';
import type { Asked, FromModels, ToModels } from './protocol.ts';

/*
 * The program that holds opened models and does what takes long: reasoning, evaluating, exporting. In a process of its own, because
 * native libraries may crash and a checkpoint of a hundred megabytes takes a while to read: the window must not notice either.
 */

const owner = connectOwner<FromModels, ToModels>();
let handlers: ReturnType<typeof answers> | undefined;

owner.onMessage((message) => {
  if ('folder' in message) {
    handlers = answers(openStoreReadonly(message.folder));
    return;
  }
  void answer(message);
});
owner.onGone(() => process.exit());
// Ctrl-C in a terminal goes to every process of the group: its owner ends this one.
process.on('SIGINT', () => undefined);

async function answer({ id, name, input }: { readonly id: number; readonly name: keyof Asked; readonly input: unknown }): Promise<void> {
  try {
    await owner.send({ id, value: await handlers![name](input as never) });
  } catch (error) {
    await owner.send({ id, error: toErrorData(error) });
  }
}
