/** Rules about texts that a page applies while they are typed: the same code as that of sending. */
export { segmentText } from '../domain/segments.ts';
export type { Segmentation } from '../domain/segments.ts';
export { fillTemplate, placeholders } from '../domain/template.ts';
