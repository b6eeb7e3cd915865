import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Shape } from '../../methods/types.ts';
import type { Device } from '../types.ts';
import { ONNX_TYPE } from './kernels/elementwise.ts';
import { encodeOnnx } from './onnx.ts';

/** Copies tensors of one shape between host and GPU memory. */
export interface Mover {
  toDevice(tensor: Tensor): Promise<Tensor>;
  toHost(tensor: Tensor): Promise<Tensor>;
}

/** A copy is a graph of one Identity: in Node, ONNX Runtime offers no other way (a GPU tensor's own `getData` aborts the process). */
export async function createMover(device: Device, shape: Shape): Promise<Mover> {
  const tensor = (name: string) => ({ name, type: ONNX_TYPE.float32, shape });
  const model = encodeOnnx({
    name: 'copy',
    inputs: [tensor('from')],
    outputs: [tensor('to')],
    initializers: [],
    nodes: [{ type: 'Identity', inputs: ['from'], outputs: ['to'], attributes: {} }],
  });
  const options = { executionProviders: [device], logSeverityLevel: 3 } as const;
  const up = await InferenceSession.create(model, { ...options, preferredOutputLocation: 'gpu-buffer' });
  const down = await InferenceSession.create(model, { ...options, preferredOutputLocation: 'cpu' });
  const through = async (session: InferenceSession, from: Tensor) => (await session.run({ from }))['to'] as Tensor;
  return { toDevice: (from) => through(up, from), toHost: (from) => through(down, from) };
}
