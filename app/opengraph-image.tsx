import { ImageResponse } from 'next/og';
import { hullPaths } from '@/components/hull-paths';
import { colour } from '@/lib/colours';
import { product } from '@/lib/product';

export const alt = `${product.name}: ${product.tagline}`;
export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';

/** The preview image for links to the app, rendered once at build time. */
export default function OpenGraphImage() {
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
            lineHeight: 1.3,
            textWrap: 'balance',
            color: colour('ink-soft').light,
          }}
        >
          {product.tagline}
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
    size,
  );
}
