import { existsSync } from 'node:fs';

const FOLDER = '/usr/lib/chromium';
const DRIVER = `${FOLDER}/vk_swiftshader_icd.json`;

/**
 * Debian's Chromium brings a Vulkan driver that computes in software (SwiftShader): with these variables ONNX Runtime's
 * WebGPU provider runs without a GPU. Undefined where it is not installed.
 */
export const SOFTWARE_GPU: Readonly<Record<string, string>> | undefined = existsSync(DRIVER) ? { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: FOLDER } : undefined;
