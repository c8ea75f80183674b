import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageResponse } from 'next/og';
import { hullPaths } from '@/components/hull-paths';
import { colour } from '@/lib/colours';
import { findLocale, locales } from '@/lib/locale';
import { copy, product } from '@/lib/product';
import { previewSize } from '../preview-size';

/** Both are made when the app is built. */
export const generateStaticParams = () => locales.map((language) => ({ language }));
export const dynamicParams = false;

/** The picture that stands for the app where somebody links to it, in one language. */
export async function GET(_: Request, { params }: RouteContext<'/preview/[language]'>) {
  const { tagline } = copy[findLocale((await params).language) ?? 'en'];
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        alignItems: 'center',
        padding: '0 72px',
        background: colour('paper').light,
        color: colour('ink').light,
      }}
    >
      <div style={{ display: 'flex', flexDirection: 'column', width: 600, gap: 28 }}>
        <div style={{ fontSize: 92, letterSpacing: -3 }}>{product.name}</div>
        <div
          style={{
            fontSize: 40,
            lineHeight: 1.25,
            textWrap: 'balance',
            color: colour('ink-soft').light,
          }}
        >
          {tagline}
        </div>
      </div>
      <svg
        width="456"
        height="360"
        viewBox={hullPaths.viewBox}
        fill="none"
        strokeWidth="1.2"
        aria-hidden="true"
      >
        <path d={hullPaths.waterlines} stroke={colour('rule').light} />
        <path d={hullPaths.sections} stroke={colour('sea').light} />
        <path d={hullPaths.keel} stroke={colour('mark').light} />
      </svg>
    </div>,
    { ...previewSize, fonts: [{ name: 'Source Serif 4', data: await readFile(SERIF) }] },
  );
}

/** The font of document.tsx in the only format that this renderer reads. */
const SERIF = path.join(
  process.cwd(),
  'node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff',
);
