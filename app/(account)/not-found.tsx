import { metadata } from '@/lib/reader';

export const generateMetadata = metadata((t) => ({ title: t.notFound.title }));

export { Missing as default } from '../missing';
