/** What a run can be exported as. */
export const EXPORT_FORMATS = ['csv', 'json', 'safetensors'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
