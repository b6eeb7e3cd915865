import { readFileSync } from 'node:fs';

/** Packages whose version can change a result. */
const COMPUTING = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-node-gpu', 'onnxruntime-node', 'pure-rand', 'ml-matrix'];

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Versions of Basin, Node and the packages that compute: stored with every run. package.json pins each exactly. */
export function versions(): Record<string, string> {
  // Two folders up from here, and from dist/main in a build.
  const { version, dependencies, optionalDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageJson;
  const pinned: Record<string, string> = { ...dependencies, ...optionalDependencies };
  return { basin: version, node: process.versions.node, ...Object.fromEntries(COMPUTING.flatMap((name) => (pinned[name] === undefined ? [] : [[name, pinned[name]]]))) };
}
