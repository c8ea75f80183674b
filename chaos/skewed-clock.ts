const RealDate = Date;
let skew = 0;

class SkewedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? SkewedDate.now() : given[0]);
  }

  static override now(): number {
    return RealDate.now() + skew;
  }
}

/** Puts this process's clock ahead (or behind, for less than zero). */
export function skewClock(seconds: number): void {
  skew = seconds * 1_000;
  globalThis.Date = skew === 0 ? RealDate : SkewedDate;
}
