import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/*
 * The part of ONNX's protobuf format that a lowered step needs, written field by field. Field numbers are those of
 * onnx.proto3 (ONNX 1.16).
 */

export interface OnnxTensorType {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

export interface OnnxInitializer extends OnnxTensorType {
  /** Little-endian elements. */
  readonly raw: Uint8Array;
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
}

export interface OnnxModel {
  readonly name: string;
  readonly inputs: readonly OnnxTensorType[];
  readonly outputs: readonly OnnxTensorType[];
  readonly initializers: readonly OnnxInitializer[];
  readonly nodes: readonly OnnxNode[];
}

/** Opset whose ReduceMax and ReduceMin take their axes as an input. */
const OPSET = 18;
const IR_VERSION = 9;

/** Attribute type codes of AttributeProto.type. */
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;

function message(writer: BinaryWriter, field: number, body: (inner: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  body(writer);
  writer.join();
}
const text = (writer: BinaryWriter, field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
const integer = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);

/** A model in ONNX's binary format. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'basin');
  message(writer, 7, (graph) => {
    for (const node of model.nodes) message(graph, 1, (inner) => writeNode(inner, node));
    text(graph, 2, model.name);
    for (const initializer of model.initializers) message(graph, 5, (inner) => writeInitializer(inner, initializer));
    for (const input of model.inputs) message(graph, 11, (inner) => writeValueInfo(inner, input));
    for (const output of model.outputs) message(graph, 12, (inner) => writeValueInfo(inner, output));
  });
  message(writer, 8, (opset) => {
    text(opset, 1, '');
    integer(opset, 2, OPSET);
  });
  return writer.finish();
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) {
    message(writer, 5, (attribute) => {
      text(attribute, 1, name);
      if (typeof value === 'number') integer(integer(attribute, 3, value), 20, ATTRIBUTE.int);
      else if ('float' in value) integer(attribute.tag(2, WireType.Bit32).float(value.float), 20, ATTRIBUTE.float);
      else {
        for (const element of value) integer(attribute, 8, element);
        integer(attribute, 20, ATTRIBUTE.ints);
      }
    });
  }
}

function writeInitializer(writer: BinaryWriter, { name, type, shape, raw }: OnnxInitializer): void {
  for (const extent of shape) integer(writer, 1, extent);
  integer(writer, 2, type);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(raw);
}

function writeValueInfo(writer: BinaryWriter, { name, type, shape }: OnnxTensorType): void {
  text(writer, 1, name);
  message(writer, 2, (typeProto) =>
    message(typeProto, 1, (tensor) => {
      integer(tensor, 1, type);
      message(tensor, 2, (shapeProto) => {
        for (const extent of shape) message(shapeProto, 1, (dimension) => integer(dimension, 1, extent));
      });
    }),
  );
}
