// Elementary functions that give the same bits in every JavaScript engine.
// Math.log and its kin differ in last digits between engines; IEEE 754 fixes only + - * / and sqrt,
// so these ports of fdlibm 5.3 (Sun Microsystems, 1993) are built from those alone. Errors stay below 1 ulp.
// `log2` is the FreeBSD msun 2010 version (fdlibm has none).

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const HIGH = littleEndian ? 1 : 0;
const LOW = littleEndian ? 0 : 1;

/** powerOfTwo[k + 1074] = 2^k, k from -1074 to 1023: multiplying is quicker than assembling a double from words. */
const powerOfTwo = new Float64Array(2098);
for (let k = 0; k < 2098; k += 1) powerOfTwo[k] = k === 0 ? 5e-324 : powerOfTwo[k - 1] * 2;

const TWO_54 = 18014398509481984;
const TWO_1023 = 8.98846567431158e307;
const TWO_MINUS_1000 = 9.332636185032189e-302;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;

const LG1 = 0.6666666666666735;
const LG2 = 0.3999999999940942;
const LG3 = 0.2857142874366239;
const LG4 = 0.22222198432149784;
const LG5 = 0.1818357216161805;
const LG6 = 0.15313837699209373;
const LG7 = 0.14798198605116586;

/**
 * Natural logarithm, error below 1 ulp. `log(0)` is -Infinity; a negative number or NaN gives NaN.
 * Source: fdlibm 5.3 e_log.c.
 */
export function log(x: number): number {
  double[0] = x;
  const high = words[HIGH];
  return high < 0x00100000 || high >= 0x7ff00000 ? logOfRare(x, high) : logOfNormal(x, high, 0);
}

/** The logarithm of each number in place, digit for digit as `log`: in one loop, a processor works on several side by side. */
export function logEach(numbers: Float64Array): void {
  for (let index = 0; index < numbers.length; index++) {
    const x = numbers[index];
    double[0] = x;
    const highWord = words[HIGH];
    const high = highWord & 0x000fffff;
    if (highWord < 0x00100000 || highWord >= 0x7ff00000 || (0x000fffff & (2 + high)) < 3) {
      numbers[index] = log(x);
      continue;
    }
    const k = ((highWord + 0x95f64) >> 20) - 1023;
    const f = x * powerOfTwo[1074 - k] - 1;
    const s = f / (2 + f);
    const z = s * s;
    const w = z * z;
    const r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6));
    // With k = 0 the products with k are exact zeros, so one formula serves both of fdlibm's.
    if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
      const halfSquare = 0.5 * f * f;
      numbers[index] = k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f);
    } else numbers[index] = k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
  }
}

/** Zero, negative, subnormal, infinite or not a number. Apart, so that the common path is short enough for engines to inline. */
function logOfRare(x: number, high: number): number {
  if (high >= 0x7ff00000) return x;
  if (x === 0) return -Infinity;
  if (high < 0) return NaN;
  const scaled = x * TWO_54;
  double[0] = scaled;
  return logOfNormal(scaled, words[HIGH], -54);
}

/** `x` is normal and above 0, `highWord` its upper half; k more powers of two are added. */
function logOfNormal(x: number, highWord: number, more: number): number {
  // x = 2^exponent * m with m in [sqrt(1/2), sqrt(2)), f = m - 1
  const exponent = ((highWord + 0x95f64) >> 20) - 1023;
  const high = highWord & 0x000fffff;
  const k = more + exponent;
  const f = x * powerOfTwo[1074 - exponent] - 1;
  if ((0x000fffff & (2 + high)) < 3) return logNearPower(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6));
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const halfSquare = 0.5 * f * f;
    return k === 0 ? f - (halfSquare - s * (halfSquare + r)) : k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** The mantissa is within 2^-20 of a power of two: a short series will do. */
function logNearPower(f: number, k: number): number {
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const r = f * f * (0.5 - 0.3333333333333333 * f);
  return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
}

const EXP_P1 = 0.16666666666666602;
const EXP_P2 = -0.0027777777777015593;
const EXP_P3 = 0.00006613756321437934;
const EXP_P4 = -0.0000016533902205465252;
const EXP_P5 = 4.1381367970572385e-8;

/** y * 2^k for k within +-1100, rounding once when the result is subnormal. */
function scale(y: number, k: number): number {
  if (k >= -1021 && k <= 1023) return y * powerOfTwo[k + 1074];
  if (k > 1023) return y * powerOfTwo[k + 51] * TWO_1023;
  return y * powerOfTwo[k + 2074] * TWO_MINUS_1000;
}

/**
 * e to the power x, error below 1 ulp. Above 709.78 it is Infinity, below -745.13 it is 0.
 * Source: fdlibm 5.3 e_exp.c.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const magnitude = x < 0 ? -x : x;
  let k = 0;
  let high = 0;
  let low = 0;
  let r = x;
  double[0] = magnitude;
  const word = words[HIGH];
  if (word > 0x3fd62e42) {
    if (word < 0x3ff0a2b2) {
      high = x < 0 ? x + LN2_HIGH : x - LN2_HIGH;
      low = x < 0 ? -LN2_LOW : LN2_LOW;
      k = x < 0 ? -1 : 1;
    } else {
      k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    r = high - low;
  } else if (word < 0x3e300000) {
    return 1 + x;
  }
  const t = r * r;
  const c = r - t * (EXP_P1 + t * (EXP_P2 + t * (EXP_P3 + t * (EXP_P4 + t * EXP_P5))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

const EXPM1_Q1 = -0.03333333333333313;
const EXPM1_Q2 = 0.0015873015872548146;
const EXPM1_Q3 = -0.0000793650757867488;
const EXPM1_Q4 = 0.000004008217827329362;
const EXPM1_Q5 = -2.0109921818362437e-7;

/**
 * e^x - 1 without losing digits near zero, error below 1 ulp.
 * Source: fdlibm 5.3 s_expm1.c.
 */
export function expm1(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -38.816242903569) return -1;
  double[0] = x < 0 ? -x : x;
  const word = words[HIGH];
  let k = 0;
  let c = 0;
  let r = x;
  if (word > 0x3fd62e42) {
    let high: number;
    let low: number;
    if (word < 0x3ff0a2b2) {
      high = x < 0 ? x + LN2_HIGH : x - LN2_HIGH;
      low = x < 0 ? -LN2_LOW : LN2_LOW;
      k = x < 0 ? -1 : 1;
    } else {
      k = (INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) | 0;
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    r = high - low;
    c = high - r - low;
  } else if (word < 0x3c900000) {
    return x;
  }
  const halfR = 0.5 * r;
  const halfSquare = r * halfR;
  const r1 =
    1 + halfSquare * (EXPM1_Q1 + halfSquare * (EXPM1_Q2 + halfSquare * (EXPM1_Q3 + halfSquare * (EXPM1_Q4 + halfSquare * EXPM1_Q5))));
  let t = 3 - r1 * halfR;
  let e = halfSquare * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - halfSquare);
  e = r * (e - c) - c;
  e -= halfSquare;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) return scale(1 - (e - r), k) - 1;
  if (k < 20) {
    t = 1 - powerOfTwo[1074 - k];
    return scale(t - (e - r), k);
  }
  t = powerOfTwo[1074 - k];
  return scale(r - (e + t) + 1, k);
}

/**
 * log(1 + x) without losing digits near zero, error below 1 ulp. `log1p(-1)` is -Infinity; below -1 it is NaN.
 * Source: fdlibm 5.3 s_log1p.c.
 */
export function log1p(x: number): number {
  double[0] = x;
  let high = words[HIGH];
  const absolute = high & 0x7fffffff;
  let k = 1;
  let f = 0;
  let mantissa = 1;
  let c = 0;
  if (high < 0x3fda827a) {
    if (absolute >= 0x3ff00000) return x === -1 ? -Infinity : NaN;
    if (absolute < 0x3e200000) return absolute < 0x3c900000 ? x : x - x * x * 0.5;
    // 0xbfd2bec3 as a signed word
    if (high > 0 || high <= -1076707645) {
      k = 0;
      f = x;
    }
  }
  if (high >= 0x7ff00000) return x + x;
  if (k !== 0) {
    let u: number;
    if (high < 0x43400000) {
      u = 1 + x;
      double[0] = u;
      high = words[HIGH];
      k = (high >> 20) - 1023;
      c = k > 0 ? 1 - (u - x) : x - (u - 1);
      c /= u;
    } else {
      u = x;
      k = (high >> 20) - 1023;
    }
    high &= 0x000fffff;
    if (high < 0x6a09e) {
      words[HIGH] = high | 0x3ff00000;
    } else {
      k += 1;
      words[HIGH] = high | 0x3fe00000;
      high = (0x00100000 - high) >> 2;
    }
    mantissa = high;
    f = double[0] - 1;
  }
  const halfSquare = 0.5 * f * f;
  if (mantissa === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const r = halfSquare * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const r = z * (LG1 + z * (LG2 + z * (LG3 + z * (LG4 + z * (LG5 + z * (LG6 + z * LG7))))));
  if (k === 0) return f - (halfSquare - s * (halfSquare + r));
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + (k * LN2_LOW + c)) - f);
}

const INVERSE_LN2_HIGH = 1.4426950407214463;
const INVERSE_LN2_LOW = 1.6751713164886512e-10;

/**
 * Base-2 logarithm, exact for powers of two, error below 1 ulp.
 * Source: FreeBSD msun e_log2.c and k_log.h (2010), which reuse the fdlibm 5.3 logarithm.
 */
export function log2(x: number): number {
  double[0] = x;
  let high = words[HIGH];
  let k = 0;
  let scaled = x;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (high < 0) return NaN;
    k = -54;
    scaled = x * TWO_54;
    double[0] = scaled;
    high = words[HIGH];
  }
  if (high >= 0x7ff00000) return x;
  if (x === 1) return 0;
  const exponent = ((high + 0x95f64) >> 20) - 1023;
  k += exponent;
  const f = scaled * powerOfTwo[1074 - exponent] - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (LG2 + w * (LG4 + w * LG6));
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)));
  const r = s * (halfSquare + (t2 + t1));
  const top = clearLow(f - halfSquare);
  const rest = f - top - halfSquare + r;
  const valueHigh = top * INVERSE_LN2_HIGH;
  const valueLow = (rest + top) * INVERSE_LN2_LOW + rest * INVERSE_LN2_HIGH;
  const sum = k + valueHigh;
  return valueLow + (k - sum + valueHigh) + sum;
}

/** x with its low 32 bits set to zero. */
function clearLow(x: number): number {
  double[0] = x;
  words[LOW] = 0;
  return double[0];
}

/**
 * Hyperbolic tangent, error below 1 ulp.
 * Source: fdlibm 5.3 s_tanh.c.
 */
export function tanh(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const magnitude = x < 0 ? -x : x;
  if (magnitude < 2.7755575615628914e-17) return x; // 2^-55
  let z = 1;
  if (magnitude < 22) {
    if (magnitude >= 1) {
      z = 1 - 2 / (expm1(2 * magnitude) + 2);
    } else {
      const t = expm1(-2 * magnitude);
      z = -t / (t + 2);
    }
  }
  return x < 0 ? -z : z;
}

const POW_L1 = 0.5999999999999946;
const POW_L2 = 0.4285714285785502;
const POW_L3 = 0.33333332981837743;
const POW_L4 = 0.272728123808534;
const POW_L5 = 0.23066074577556175;
const POW_L6 = 0.20697501780033842;
const LG2_FULL = Math.LN2;
const LG2_HIGH = 0.6931471824645996;
const LG2_LOW = -1.904654299957768e-9;
const OVERFLOW_TAIL = 8.008566259537294e-17;
const CP = 0.9617966939259756;
const CP_HIGH = 0.9617967009544373;
const CP_LOW = -7.028461650952758e-9;
const IVLN2_HIGH = 1.4426950216293335;
const IVLN2_LOW = 1.9259629911266175e-8;
const DP_HIGH = 0.5849624872207642;
const DP_LOW = 1.350039202129749e-8;

/**
 * base raised to exponent, with the special cases of JavaScript's Math.pow, error below 1 ulp (the bits of Java StrictMath.pow).
 * Source: fdlibm 5.3 e_pow.c.
 */
export function power(base: number, exponent: number): number {
  const x = base;
  const y = exponent;
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  double[0] = y;
  const yHigh = words[HIGH];
  const yAbsoluteWord = yHigh & 0x7fffffff;
  double[0] = x;
  const xHigh = words[HIGH];
  let ix = xHigh & 0x7fffffff;
  let ax = Math.abs(x);

  // 0: exponent is no integer, 1: odd integer, 2: even integer (asked only for a negative base)
  let integerKind = 0;
  if (xHigh < 0) {
    const ay = y < 0 ? -y : y;
    if (ay >= 9007199254740992) integerKind = 2;
    else if (Math.floor(ay) === ay) integerKind = ay % 2 === 1 ? 1 : 2;
  }

  if (y === Infinity || y === -Infinity) {
    if (ax === 1) return NaN;
    return ax > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  if (y === 0.5 && xHigh >= 0) return Math.sqrt(x);

  if (ax === 0 || ax === Infinity || ax === 1) {
    let z = y < 0 ? 1 / ax : ax;
    if (xHigh < 0) {
      if (ax === 1 && integerKind === 0) return NaN;
      if (integerKind === 1) z = -z;
    }
    return z;
  }
  if (xHigh < 0 && integerKind === 0) return NaN;
  const sign = xHigh < 0 && integerKind === 1 ? -1 : 1;

  let t1: number;
  let t2: number;
  if (yAbsoluteWord > 0x41e00000) {
    // |y| > 2^31: only |x| within 2^-20 of 1 does not overflow or underflow
    if (yAbsoluteWord > 0x43f00000) {
      if (ix <= 0x3fefffff) return y < 0 ? Infinity : 0;
      return y > 0 ? Infinity : 0;
    }
    if (ix < 0x3fefffff) return sign * (y < 0 ? Infinity : 0);
    if (ix > 0x3ff00000) return sign * (y > 0 ? Infinity : 0);
    const t = ax - 1;
    const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
    const u = IVLN2_HIGH * t;
    const v = t * IVLN2_LOW - w * INVERSE_LN2;
    t1 = clearLow(u + v);
    t2 = v - (t1 - u);
  } else {
    let n = 0;
    if (ix < 0x00100000) {
      ax *= 9007199254740992;
      n -= 53;
      double[0] = ax;
      ix = words[HIGH];
    }
    n += (ix >> 20) - 1023;
    const j = ix & 0x000fffff;
    ix = j | 0x3ff00000;
    let isUpper = false;
    if (j > 0x3988e) {
      if (j < 0xbb67a) {
        isUpper = true;
      } else {
        n += 1;
        ix -= 0x00100000;
      }
    }
    double[0] = ax;
    words[HIGH] = ix;
    ax = double[0];
    const bp = isUpper ? 1.5 : 1;
    const u = ax - bp;
    const v = 1 / (ax + bp);
    const ss = u * v;
    const sHigh = clearLow(ss);
    words[LOW] = 0;
    words[HIGH] = ((ix >> 1) | 0x20000000) + 0x00080000 + (isUpper ? 0x40000 : 0);
    let tHigh = double[0];
    let tLow = ax - (tHigh - bp);
    const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
    let s2 = ss * ss;
    let r = s2 * s2 * (POW_L1 + s2 * (POW_L2 + s2 * (POW_L3 + s2 * (POW_L4 + s2 * (POW_L5 + s2 * POW_L6)))));
    r += sLow * (sHigh + ss);
    s2 = sHigh * sHigh;
    tHigh = clearLow(3 + s2 + r);
    tLow = r - (tHigh - 3 - s2);
    const uu = sHigh * tHigh;
    const vv = sLow * tHigh + tLow * ss;
    const pHigh = clearLow(uu + vv);
    const pLow = vv - (pHigh - uu);
    const zHigh = CP_HIGH * pHigh;
    const zLow = CP_LOW * pHigh + pLow * CP + (isUpper ? DP_LOW : 0);
    const t = n;
    const dpHigh = isUpper ? DP_HIGH : 0;
    t1 = clearLow(zHigh + zLow + dpHigh + t);
    t2 = zLow - (t1 - t - dpHigh - zHigh);
  }

  const y1 = clearLow(y);
  const pLow = (y - y1) * t1 + y * t2;
  let pHigh = y1 * t1;
  const z = pLow + pHigh;
  double[0] = z;
  const zWord = words[HIGH];
  const zLowWord = words[LOW];
  if (zWord >= 0x40900000) {
    if (((zWord - 0x40900000) | zLowWord) !== 0) return sign * Infinity;
    if (pLow + OVERFLOW_TAIL > z - pHigh) return sign * Infinity;
  } else if ((zWord & 0x7fffffff) >= 0x4090cc00) {
    // z <= -1075; 0xc090cc00 is the word of -1075
    if (((zWord - (0xc090cc00 | 0)) | zLowWord) !== 0) return sign * 0;
    if (pLow <= z - pHigh) return sign * 0;
  }

  // 2^(pHigh + pLow)
  const i = zWord & 0x7fffffff;
  let k = (i >> 20) - 1023;
  let n = 0;
  if (i > 0x3fe00000) {
    n = zWord + (0x00100000 >> (k + 1));
    k = ((n & 0x7fffffff) >> 20) - 1023;
    words[LOW] = 0;
    words[HIGH] = n & ~(0x000fffff >> k);
    const t = double[0];
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
    if (zWord < 0) n = -n;
    pHigh -= t;
  }
  const t = clearLow(pLow + pHigh);
  const u = t * LG2_HIGH;
  const v = (pLow - (t - pHigh)) * LG2_FULL + t * LG2_LOW;
  const zz = u + v;
  const w = v - (zz - u);
  const square = zz * zz;
  const p1 = zz - square * (EXP_P1 + square * (EXP_P2 + square * (EXP_P3 + square * (EXP_P4 + square * EXP_P5))));
  const r = (zz * p1) / (p1 - 2) - (w + zz * w);
  return sign * scale(1 - (r - zz), n);
}

const PIO2_1 = 1.5707963267341256;
const PIO2_1_TAIL = 6.077100506506192e-11;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_2_TAIL = 2.0222662487959506e-21;
const PIO2_3 = 2.0222662487111665e-21;
const PIO2_3_TAIL = 8.4784276603689e-32;
const TWO_OVER_PI = 0.6366197723675814;
const LARGEST_ANGLE = 823549.6; // 2^19 * pi/2

let remainderHigh = 0;
let remainderLow = 0;

/** Sets remainderHigh + remainderLow = x - n * pi/2 and returns n. Source: fdlibm 5.3 e_rem_pio2.c, medium arguments. */
function reduceAngle(x: number): number {
  const t = x < 0 ? -x : x;
  if (!(t <= LARGEST_ANGLE)) {
    throw new RangeError(`sin and cos take angles within ±${LARGEST_ANGLE} radians, given ${x}: reduce the angle first.`);
  }
  double[0] = t;
  const exponent = words[HIGH] >> 20;
  const n = (t * TWO_OVER_PI + 0.5) | 0;
  let r = t - n * PIO2_1;
  let w = n * PIO2_1_TAIL;
  let high = r - w;
  double[0] = high;
  if (exponent - ((words[HIGH] >> 20) & 0x7ff) > 16) {
    let before = r;
    w = n * PIO2_2;
    r = before - w;
    w = n * PIO2_2_TAIL - (before - r - w);
    high = r - w;
    double[0] = high;
    if (exponent - ((words[HIGH] >> 20) & 0x7ff) > 49) {
      before = r;
      w = n * PIO2_3;
      r = before - w;
      w = n * PIO2_3_TAIL - (before - r - w);
      high = r - w;
    }
  }
  const low = r - high - w;
  remainderHigh = x < 0 ? -high : high;
  remainderLow = x < 0 ? -low : low;
  return x < 0 ? -n : n;
}

const SIN_1 = -0.16666666666666632;
const SIN_2 = 0.00833333333332249;
const SIN_3 = -0.0001984126982985795;
const SIN_4 = 0.0000027557313707070068;
const SIN_5 = -2.5050760253406863e-8;
const SIN_6 = 1.58969099521155e-10;

/** sin(x + y) for |x| <= pi/4, y the tail of x. Source: fdlibm 5.3 k_sin.c. */
function kernelSin(x: number, y: number, hasTail: boolean): number {
  if (x < 7.450580596923828e-9 && x > -7.450580596923828e-9) return x;
  const z = x * x;
  const v = z * x;
  const r = SIN_2 + z * (SIN_3 + z * (SIN_4 + z * (SIN_5 + z * SIN_6)));
  return hasTail ? x - (z * (0.5 * y - v * r) - y - v * SIN_1) : x + v * (SIN_1 + z * r);
}

const COS_1 = 0.0416666666666666;
const COS_2 = -0.001388888888887411;
const COS_3 = 0.00002480158728947673;
const COS_4 = -2.7557314351390663e-7;
const COS_5 = 2.087572321298175e-9;
const COS_6 = -1.1359647557788195e-11;

/** cos(x + y) for |x| <= pi/4, y the tail of x. Source: fdlibm 5.3 k_cos.c. */
function kernelCos(x: number, y: number): number {
  double[0] = x;
  const ix = words[HIGH] & 0x7fffffff;
  if (ix < 0x3e400000) return 1;
  const z = x * x;
  const r = z * (COS_1 + z * (COS_2 + z * (COS_3 + z * (COS_4 + z * (COS_5 + z * COS_6)))));
  if (ix < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * y));
  let qx = 0.28125;
  if (ix <= 0x3fe90000) {
    words[LOW] = 0;
    words[HIGH] = ix - 0x00200000;
    qx = double[0];
  }
  const half = 0.5 * z - qx;
  return 1 - qx - (half - (z * r - x * y));
}

const QUARTER_PI = 0.7853981633974483;

/**
 * Sine of x radians, error below 1 ulp. |x| must be at most 823549 (2^19 quarter turns); beyond it throws RangeError.
 * Source: fdlibm 5.3 s_sin.c.
 */
export function sin(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x <= QUARTER_PI && x >= -QUARTER_PI) return kernelSin(x, 0, false);
  const quadrant = reduceAngle(x) & 3;
  if (quadrant === 0) return kernelSin(remainderHigh, remainderLow, true);
  if (quadrant === 1) return kernelCos(remainderHigh, remainderLow);
  if (quadrant === 2) return -kernelSin(remainderHigh, remainderLow, true);
  return -kernelCos(remainderHigh, remainderLow);
}

/**
 * Cosine of x radians, error below 1 ulp. |x| must be at most 823549 (2^19 quarter turns); beyond it throws RangeError.
 * Source: fdlibm 5.3 s_cos.c.
 */
export function cos(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x <= QUARTER_PI && x >= -QUARTER_PI) return kernelCos(x, 0);
  const quadrant = reduceAngle(x) & 3;
  if (quadrant === 0) return kernelCos(remainderHigh, remainderLow);
  if (quadrant === 1) return -kernelSin(remainderHigh, remainderLow, true);
  if (quadrant === 2) return -kernelCos(remainderHigh, remainderLow);
  return kernelSin(remainderHigh, remainderLow, true);
}

const ASIN_P0 = 0.16666666666666666;
const ASIN_P1 = -0.3255658186224009;
const ASIN_P2 = 0.20121253213486293;
const ASIN_P3 = -0.04005553450067941;
const ASIN_P4 = 0.0007915349942898145;
const ASIN_P5 = 0.00003479331075960212;
const ASIN_Q1 = -2.403394911734414;
const ASIN_Q2 = 2.0209457602335057;
const ASIN_Q3 = -0.6882839716054533;
const ASIN_Q4 = 0.07703815055590194;
const HALF_PI_HIGH = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;

/**
 * Inverse sine in radians, error below 1 ulp. Outside [-1, 1] it is NaN.
 * Source: fdlibm 5.3 e_asin.c.
 */
export function asin(x: number): number {
  const magnitude = x < 0 ? -x : x;
  if (!(magnitude <= 1)) return NaN;
  if (magnitude === 1) return x * HALF_PI_HIGH + x * HALF_PI_LOW;
  if (magnitude < 0.5) {
    if (magnitude < 7.450580596923828e-9) return x;
    const t = x * x;
    const p = t * (ASIN_P0 + t * (ASIN_P1 + t * (ASIN_P2 + t * (ASIN_P3 + t * (ASIN_P4 + t * ASIN_P5)))));
    const q = 1 + t * (ASIN_Q1 + t * (ASIN_Q2 + t * (ASIN_Q3 + t * ASIN_Q4)));
    return x + x * (p / q);
  }
  const t = (1 - magnitude) * 0.5;
  const p = t * (ASIN_P0 + t * (ASIN_P1 + t * (ASIN_P2 + t * (ASIN_P3 + t * (ASIN_P4 + t * ASIN_P5)))));
  const q = 1 + t * (ASIN_Q1 + t * (ASIN_Q2 + t * (ASIN_Q3 + t * ASIN_Q4)));
  const s = Math.sqrt(t);
  double[0] = magnitude;
  let result: number;
  if (words[HIGH] >= 0x3fef3333) {
    result = HALF_PI_HIGH - (2 * (s + s * (p / q)) - HALF_PI_LOW);
  } else {
    const w = clearLow(s);
    const c = (t - w * w) / (s + w);
    const r = 2 * s * (p / q) - (HALF_PI_LOW - 2 * c);
    result = QUARTER_PI - (r - (QUARTER_PI - 2 * w));
  }
  return x < 0 ? -result : result;
}
