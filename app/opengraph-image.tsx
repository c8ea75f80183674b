import { ImageResponse } from 'next/og';
import { hull } from '@/components/hull';
import { product } from '@/lib/product';

export const alt = `${product.name}: ${product.tagline}`;
export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';

/** The picture that goes with a link to the app: drawn once, when the app is built. */
export default function OpenGraphImage() {
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        alignItems: 'center',
        padding: '0 72px',
        background: '#fbfcfb',
        color: '#0e2430',
      }}
    >
      <div style={{ display: 'flex', flexDirection: 'column', width: 600, gap: 28 }}>
        <div style={{ fontSize: 92, letterSpacing: -3 }}>{product.name}</div>
        <div style={{ fontSize: 40, lineHeight: 1.3, textWrap: 'balance', color: '#4a626f' }}>
          {product.tagline}
        </div>
      </div>
      <svg
        width="456"
        height="360"
        viewBox={hull.viewBox}
        fill="none"
        strokeWidth="1.2"
        aria-hidden="true"
      >
        <path d={hull.waterlines} stroke="#ccd9de" />
        <path d={hull.sections} stroke="#0b4a63" />
        <path d={hull.keel} stroke="#a5195f" />
      </svg>
    </div>,
    size,
  );
}
